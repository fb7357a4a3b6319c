/**
 * Value types every module shares, and the ports through which time, tasks and randomness enter.
 * Nothing here opens a file or a socket.
 */
@NullMarked
package io.metanode.foundation;

import org.jspecify.annotations.NullMarked;
