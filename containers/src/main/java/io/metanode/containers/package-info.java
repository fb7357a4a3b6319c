/**
 * DockLock, the container engine: OCI images, overlay snapshots, containers run by an OCI runtime,
 * and the Docker Engine API over a unix socket. Every operation ends in a receipt.
 */
@NullMarked
package io.metanode.containers;

import org.jspecify.annotations.NullMarked;
