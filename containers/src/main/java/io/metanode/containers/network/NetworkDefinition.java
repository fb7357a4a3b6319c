package io.metanode.containers.network;

import io.metanode.containers.network.Networks.Driver;
import io.metanode.containers.network.Networks.Network;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A network as it was asked for.
 *
 * @param addresses its addresses; empty for host and none
 * @param addresses6 its IPv6 addresses; empty if it has none
 * @param asked what the user said of both
 * @param internal whether it has no way out
 * @param attachable as it was asked for; any container can be connected to any network here
 */
public record NetworkDefinition(
    String id,
    String name,
    Driver driver,
    Instant created,
    Optional<Addresses> addresses,
    Optional<Addresses6> addresses6,
    AskedAddresses asked,
    boolean internal,
    boolean attachable,
    Map<String, String> labels,
    Map<String, String> options) {

  public NetworkDefinition {
    labels = Map.copyOf(labels);
    options = Map.copyOf(options);
  }

  /** The same with other addresses. */
  NetworkDefinition with(Addresses other) {
    return new NetworkDefinition(
        id,
        name,
        driver,
        created,
        Optional.of(other),
        addresses6,
        asked,
        internal,
        attachable,
        labels,
        options);
  }

  public Network network() {
    return new Network(id, name, driver);
  }

  /** Docker's name of the driver. */
  public String driverName() {
    return switch (driver) {
      case BRIDGE -> "bridge";
      case HOST -> "host";
      case NULL -> "null";
    };
  }
}
