package io.metanode.containers.network;

import java.util.Map;
import java.util.Optional;

/**
 * A bridge's range of IPv6 addresses.
 *
 * @param gateway the host's address in it
 * @param range the part of it from which the engine chooses; empty for all
 * @param reserved addresses that are never chosen, by what their owners are called
 * @param chosen whether the user chose the subnet: only then containers may ask for addresses
 */
public record Addresses6(
    Subnet6 subnet,
    Ipv6 gateway,
    Optional<Subnet6> range,
    Map<String, Ipv6> reserved,
    boolean chosen) {

  public Addresses6 {
    reserved = Map.copyOf(reserved);
  }
}
