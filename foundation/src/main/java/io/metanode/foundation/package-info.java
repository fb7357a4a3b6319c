/**
 * Value types every module shares, and the ports through which time, tasks and randomness enter.
 * Nothing here opens a socket, and nothing but {@link io.metanode.foundation.DurableFiles} a file.
 */
@NullMarked
package io.metanode.foundation;

import org.jspecify.annotations.NullMarked;
