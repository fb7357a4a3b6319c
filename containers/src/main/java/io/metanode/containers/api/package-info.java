/** The Docker Engine API: one class an endpoint group, translation only. */
@NullMarked
package io.metanode.containers.api;

import org.jspecify.annotations.NullMarked;
