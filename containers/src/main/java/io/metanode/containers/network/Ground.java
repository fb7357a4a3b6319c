package io.metanode.containers.network;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.Networks.Network;
import io.metanode.containers.network.Networks.PortMapping;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.Randomness;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What places on bridges are made of. */
record Ground(
    Bridges bridges,
    Namespaces namespaces,
    PortPublisher ports,
    Leases leases,
    ContainerNames names,
    Syscalls sys,
    Randomness randomness) {

  /** The network a request means, with what is needed of it. */
  Network network(EndpointRequest asked) throws ApiException {
    return bridges.catalogue().resolve(asked.network()).network();
  }

  String newEndpointId() {
    return HexFormat.of().formatHex(randomness.bytes(32));
  }

  Endpoint endpoint(BridgeNetwork network, Wire wire, EndpointRequest asked) {
    NetworkDefinition definition = network.definition();
    Addresses addresses = wire.place().addresses();
    Optional<Addresses6> more = wire.place().addresses6();
    return new Endpoint(
        definition.id(),
        definition.name(),
        newEndpointId(),
        wire.link(),
        wire.hostInterface(),
        wire.macAddress(),
        wire.address().toString(),
        addresses.subnet().prefixLength(),
        addresses.gateway().toString(),
        wire.address6().map(Ipv6::toString).orElse(""),
        more.map(each -> each.subnet().prefixLength()).orElse(0),
        more.map(each -> each.gateway().toString()).orElse(""),
        asked);
  }

  Wire.Routes routes(List<Endpoint> endpoints) {
    return WayOut.routes(endpoints, bridges.catalogue()::byId);
  }

  /** Where a container's ports are published: at its way out, and nowhere without one. */
  Optional<Endpoint> published(List<Endpoint> endpoints) {
    return WayOut.of(endpoints, bridges.catalogue()::byId);
  }

  /** Publishes ports at a place; none without one. */
  PortPublisher.Publication publish(
      String container, Optional<Endpoint> at, List<PortMapping> mappings)
      throws ApiException, IOException {
    if (at.isEmpty() || mappings.isEmpty()) {
      return ports.nothing();
    }
    Endpoint endpoint = at.get();
    Optional<String> host = bridges.get(endpoint.networkId()).options().hostAddress();
    return ports.publish(
        nameOf(container) + " (" + endpoint.endpointId() + ")",
        Ipv4.of(endpoint.address()),
        mappings.stream().map(port -> withHost(port, host)).toList());
  }

  private static PortMapping withHost(PortMapping port, Optional<String> host) {
    return port.hostAddress().isPresent() || host.isEmpty()
        ? port
        : new PortMapping(
            port.containerPort(), port.protocol(), host, port.hostPort(), port.lastHostPort());
  }

  private String nameOf(String container) {
    return names.namesOf(container).stream()
        .findFirst()
        .orElse(container.substring(0, Math.min(12, container.length())));
  }
}
