package io.metanode.containers.network;

import java.util.Map;
import java.util.Optional;

/**
 * A bridge's range of IPv4 addresses.
 *
 * @param gateway the host's address in it
 * @param range the part of it from which the engine chooses; empty for all
 * @param reserved addresses that are never chosen, by what their owners are called
 * @param chosen whether the user chose the subnet: only then containers may ask for addresses
 */
public record Addresses(
    Subnet subnet,
    Ipv4 gateway,
    Optional<Subnet> range,
    Map<String, Ipv4> reserved,
    boolean chosen) {

  public Addresses {
    reserved = Map.copyOf(reserved);
  }

  /** A subnet of the engine's choice, with its first address as the gateway. */
  static Addresses of(Subnet subnet) {
    return new Addresses(subnet, subnet.firstHost(), Optional.empty(), Map.of(), false);
  }
}
