package io.metanode.containers.network;

import io.metanode.containers.event.Event;
import io.metanode.containers.event.EventBus;
import io.metanode.containers.network.Networks.Driver;
import io.metanode.containers.network.Networks.LeaseRecord;
import io.metanode.containers.network.Networks.Network;
import io.metanode.foundation.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The places given out, by container; tells of each that is taken or left. */
final class Leases {

  private final Map<String, Lease> byContainer = new ConcurrentHashMap<>();
  private final EventBus events;
  private final Clock clock;

  Leases(EventBus events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  /** A container's place. */
  record Held(String container, Endpoint endpoint) {}

  void put(String container, Lease lease) {
    byContainer.put(container, lease);
  }

  void remove(String container, Lease lease) {
    byContainer.remove(container, lease);
  }

  Map<String, Lease> all() {
    return Map.copyOf(byContainer);
  }

  Map<String, LeaseRecord> records() {
    return byContainer.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().record()));
  }

  /** The places of a container; none if it has no lease. */
  LeaseRecord record(String container) {
    Lease lease = byContainer.get(container);
    return lease == null ? LeaseRecord.NONE : lease.record();
  }

  /** The places on some networks, by their ids. */
  List<Held> on(Set<String> networkIds) {
    List<Held> found = new ArrayList<>();
    byContainer.forEach(
        (container, lease) -> {
          for (Endpoint endpoint : lease.record().endpoints()) {
            if (networkIds.contains(endpoint.networkId())) {
              found.add(new Held(container, endpoint));
            }
          }
        });
    return found;
  }

  boolean used(String networkId) {
    return !on(Set.of(networkId)).isEmpty();
  }

  /** The host's ends of all links. */
  Set<String> hostInterfaces() {
    return byContainer.values().stream()
        .flatMap(lease -> lease.record().endpoints().stream())
        .map(Endpoint::hostInterface)
        .collect(Collectors.toSet());
  }

  /**
   * @param action {@code connect} or {@code disconnect}
   */
  void tell(String action, Network network, String container) {
    publish(action, network, Map.of("container", container));
  }

  void publish(String action, Network network, Map<String, String> more) {
    Map<String, String> attributes = new ConcurrentHashMap<>(more);
    attributes.put("name", network.name());
    attributes.put(
        "type",
        network.driver() == Driver.NULL
            ? "null"
            : network.driver().name().toLowerCase(Locale.ROOT));
    events.publish(new Event("network", action, network.id(), attributes, clock.now()));
  }
}
