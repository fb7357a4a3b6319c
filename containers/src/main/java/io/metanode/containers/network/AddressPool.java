package io.metanode.containers.network;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The addresses of a subnet. A freed address is given out again only after all others had their
 * turn, and not while the link that had it still exists.
 *
 * @param <A> an address
 */
final class AddressPool<A> {

  private final AddressRange<A> subnet;
  private final AddressRange<A> range;
  private final Predicate<String> linkExists;
  private final Set<A> used;
  private final Map<A, String> parting = new HashMap<>();
  private long next;

  /**
   * @param range the part of the subnet from which addresses are chosen
   * @param reserved never given out
   * @param linkExists whether a host link of that name exists
   */
  AddressPool(
      AddressRange<A> subnet,
      AddressRange<A> range,
      Collection<A> reserved,
      Predicate<String> linkExists) {
    this.subnet = subnet;
    this.range = range;
    this.linkExists = linkExists;
    used = new HashSet<>(reserved);
  }

  /** The next free address; empty if all are taken. */
  synchronized Optional<A> take() {
    // Of as many addresses one is free: the lowest and the highest may be no host's.
    long enough = used.size() + parting.size() + 3L;
    for (long tries = Math.min(range.size(), enough); tries > 0; tries--) {
      A candidate = range.at(next);
      next = (next + 1) % range.size();
      if (subnet.holdsHost(candidate) && !isParting(candidate) && used.add(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private boolean isParting(A address) {
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
  synchronized boolean take(A address) {
    return subnet.holdsHost(address) && !isParting(address) && used.add(address);
  }

  /** The host link whose peer had an address that nobody has any more; empty if it is gone. */
  synchronized Optional<String> partingLink(A address) {
    return isParting(address) ? Optional.ofNullable(parting.get(address)) : Optional.empty();
  }

  /**
   * Gives an address back.
   *
   * @param link the host link whose peer had it
   */
  synchronized void free(A address, String link) {
    if (used.remove(address)) {
      parting.put(address, link);
    }
  }

  /** How many addresses are taken, the reserved ones counted. */
  synchronized int taken() {
    return used.size();
  }
}
