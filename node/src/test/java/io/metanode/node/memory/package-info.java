/** Tests of what a node gives back when it rests. */
@NullMarked
package io.metanode.node.memory;

import org.jspecify.annotations.NullMarked;
