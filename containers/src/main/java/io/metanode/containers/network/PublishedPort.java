package io.metanode.containers.network;

import java.util.Optional;

/**
 * A port of a container that is reached by a port of the host.
 *
 * @param protocol {@code tcp} or {@code udp}
 * @param hostAddress the one address of the host it is published on; empty for all
 */
record PublishedPort(
    String protocol, Optional<Ipv4> hostAddress, int hostPort, Ipv4 target, int containerPort) {}
