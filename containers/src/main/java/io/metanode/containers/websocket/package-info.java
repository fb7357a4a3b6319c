/**
 * WebSockets (RFC 6455) on connections that were taken over: the handshake, and bytes that come and
 * go in frames. Messages have no meaning here; what a client sends is one stream of bytes.
 */
@NullMarked
package io.metanode.containers.websocket;

import org.jspecify.annotations.NullMarked;
