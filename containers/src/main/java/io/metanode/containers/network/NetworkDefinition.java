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
 * @param internal whether it has no way out
 */
public record NetworkDefinition(
    String id,
    String name,
    Driver driver,
    Instant created,
    Optional<Addresses> addresses,
    boolean internal,
    Map<String, String> labels,
    Map<String, String> options) {

  /** A bridge's range and the host's address in it. */
  public record Addresses(Subnet subnet, Ipv4 gateway) {}

  public NetworkDefinition {
    labels = Map.copyOf(labels);
    options = Map.copyOf(options);
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
