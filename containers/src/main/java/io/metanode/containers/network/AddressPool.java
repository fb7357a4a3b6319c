package io.metanode.containers.network;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The addresses of a subnet. A freed address is given out again only after all others had their
 * turn, and not while the link that had it still exists.
 */
final class AddressPool {

  private final Subnet subnet;
  private final Predicate<String> linkExists;
  private final Set<Ipv4> used = new HashSet<>();
  private final Map<Ipv4, String> parting = new HashMap<>();
  private int last;

  /**
   * @param gateway never given out
   * @param linkExists whether a host link of that name exists
   */
  AddressPool(Subnet subnet, Ipv4 gateway, Predicate<String> linkExists) {
    this.subnet = subnet;
    this.linkExists = linkExists;
    used.add(gateway);
  }

  /** The next free address; empty if all are taken. */
  synchronized Optional<Ipv4> take() {
    for (int tries = subnet.hosts(); tries > 0; tries--) {
      last = last % subnet.hosts() + 1;
      Ipv4 candidate = subnet.host(last);
      if (!used.contains(candidate) && !isParting(candidate)) {
        used.add(candidate);
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private boolean isParting(Ipv4 address) {
    String link = parting.get(address);
    if (link == null || linkExists.test(link)) {
      return link != null;
    }
    parting.remove(address);
    return false;
  }

  /**
   * Takes a certain address.
   *
   * @return false if it is taken or outside the subnet
   */
  synchronized boolean take(Ipv4 address) {
    return subnet.holdsHost(address) && !isParting(address) && used.add(address);
  }

  /**
   * Gives an address back.
   *
   * @param link the host link whose peer had it
   */
  synchronized void free(Ipv4 address, String link) {
    if (used.remove(address)) {
      parting.put(address, link);
    }
  }

  /** How many addresses are taken, the gateway's counted. */
  synchronized int taken() {
    return used.size();
  }
}
