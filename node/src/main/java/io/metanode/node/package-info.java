/** The program: configuration, wiring, lifecycle. */
@NullMarked
package io.metanode.node;

import org.jspecify.annotations.NullMarked;
