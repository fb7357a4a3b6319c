/**
 * gRPC on connections that were taken over: as a server, and as a client of whoever connected.
 * Nothing here is loaded before the first such connection comes.
 */
@NullMarked
package io.metanode.containers.buildkit.rpc;

import org.jspecify.annotations.NullMarked;
