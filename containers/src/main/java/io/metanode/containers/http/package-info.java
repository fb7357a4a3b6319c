/**
 * An HTTP/1.1 server on unix sockets, one virtual thread a connection, with the connection
 * hijacking that the Docker Engine API needs.
 */
@NullMarked
package io.metanode.containers.http;

import org.jspecify.annotations.NullMarked;
