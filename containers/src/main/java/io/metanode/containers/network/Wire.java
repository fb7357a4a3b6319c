package io.metanode.containers.network;

import java.util.Optional;

/**
 * A link between a bridge and a container, made or to be made.
 *
 * @param hostInterface the host's end
 * @param link the container's end
 * @param address of the container's end, as {@code address6}
 */
record Wire(
    String hostInterface,
    String link,
    String macAddress,
    Ipv4 address,
    Optional<Ipv6> address6,
    Place place) {

  /** Where a link leads. */
  record Place(
      int bridgeIndex,
      Addresses addresses,
      Optional<Addresses6> addresses6,
      BridgeOptions options) {}

  /** The ways out of a namespace: what a default route leads through. */
  record Routes(Optional<Hop<Ipv4>> way, Optional<Hop<Ipv6>> way6) {
    static final Routes NONE = new Routes(Optional.empty(), Optional.empty());
  }

  /** A link and who is behind it. */
  record Hop<A>(String link, A gateway) {}
}
