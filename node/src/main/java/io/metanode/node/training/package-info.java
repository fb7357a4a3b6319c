/** What the start-up cache is made from: an engine put to work as the docker client does. */
@NullMarked
package io.metanode.node.training;

import org.jspecify.annotations.NullMarked;
