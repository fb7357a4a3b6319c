/** The engine's events, as {@code docker events} shows them. */
@NullMarked
package io.metanode.containers.event;

import org.jspecify.annotations.NullMarked;
