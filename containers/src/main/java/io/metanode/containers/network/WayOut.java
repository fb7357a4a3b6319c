package io.metanode.containers.network;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which of a container's networks is its way out, as Docker chooses: none that is internal; of the
 * others that of the highest priority, and of equal ones the first by name.
 */
final class WayOut {

  private WayOut() {}

  /**
   * @param definitions the networks, by id; empty for one that is gone
   * @return empty if no network has a way out
   */
  static Optional<Endpoint> of(
      List<Endpoint> endpoints, Function<String, Optional<NetworkDefinition>> definitions) {
    return endpoints.stream()
        .filter(
            endpoint ->
                definitions
                    .apply(endpoint.networkId())
                    .map(network -> !network.internal())
                    .orElse(false))
        .min(
            Comparator.comparingInt((Endpoint endpoint) -> -endpoint.asked().gatewayPriority())
                .thenComparing(Endpoint::networkName));
  }

  /** The same among the networks with IPv6. */
  static Optional<Endpoint> of6(
      List<Endpoint> endpoints, Function<String, Optional<NetworkDefinition>> definitions) {
    return of(endpoints.stream().filter(each -> !each.address6().isEmpty()).toList(), definitions);
  }

  /** The default routes by the ways out. */
  static Wire.Routes routes(
      List<Endpoint> endpoints, Function<String, Optional<NetworkDefinition>> definitions) {
    return new Wire.Routes(
        of(endpoints, definitions).map(by -> new Wire.Hop<>(by.link(), Ipv4.of(by.gateway()))),
        of6(endpoints, definitions).map(by -> new Wire.Hop<>(by.link(), Ipv6.of(by.gateway6()))));
  }
}
