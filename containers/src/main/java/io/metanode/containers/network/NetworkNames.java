package io.metanode.containers.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The names of the containers that are on one network now; for a container that asks, on its other
 * networks too.
 */
final class NetworkNames implements NameServer.Zone {

  private final NetworkDefinition network;
  private final Leases leases;
  private final ContainerNames containers;
  private final String nameless;
  private final Predicate<String> internal;

  /**
   * @param leases all places given out
   * @param nameless the id of the network on which containers have no names
   * @param internal whether a network, by its id, has no way out
   */
  NetworkNames(
      NetworkDefinition network,
      Leases leases,
      ContainerNames containers,
      String nameless,
      Predicate<String> internal) {
    this.network = network;
    this.leases = leases;
    this.containers = containers;
    this.nameless = nameless;
    this.internal = internal;
  }

  @Override
  public Optional<byte[]> answer(DnsMessage query, Ipv4 client) {
    List<Leases.Held> places = places(client);
    if (query.asksForName()) {
      return places.stream()
          .filter(held -> query.isReverseOf(held.endpoint()))
          .findFirst()
          .flatMap(
              held ->
                  containers.namesOf(held.container()).stream()
                      .findFirst()
                      .map(name -> query.pointer(name + "." + held.endpoint().networkName())));
    }
    List<Endpoint> found = named(query.name(), client, places);
    // As Docker: NAME.NETWORK too, and both may have dots.
    for (int dot = query.name().lastIndexOf('.');
        found.isEmpty() && dot > 0;
        dot = query.name().lastIndexOf('.', dot - 1)) {
      String within = query.name().substring(dot + 1);
      found =
          named(
              query.name().substring(0, dot),
              client,
              places.stream()
                  .filter(held -> held.endpoint().networkName().equalsIgnoreCase(within))
                  .toList());
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(query.addressesOf(found));
  }

  /** All places on the networks that a client is on, this network's first. */
  private List<Leases.Held> places(Ipv4 client) {
    List<Leases.Held> here = leases.on(Set.of(network.id()));
    Set<String> others = new LinkedHashSet<>();
    at(client, here)
        .ifPresent(
            container ->
                leases.record(container).endpoints().stream()
                    .map(Endpoint::networkId)
                    .filter(id -> !id.equals(network.id()) && !id.equals(nameless))
                    .forEach(others::add));
    List<Leases.Held> all = new ArrayList<>(here);
    all.addAll(leases.on(others));
    return all;
  }

  /** The places a name stands for, of the first network on which it stands for any. */
  private List<Endpoint> named(String name, Ipv4 client, List<Leases.Held> places) {
    Set<Scoped> targets = new LinkedHashSet<>(linked(name, client));
    List<Endpoint> found =
        places.stream()
            .filter(held -> isCalled(held, name) || targets.stream().anyMatch(t -> is(held, t)))
            .map(Leases.Held::endpoint)
            .toList();
    return found.stream()
        .filter(each -> each.networkId().equals(found.getFirst().networkId()))
        .toList();
  }

  private boolean isCalled(Leases.Held held, String name) {
    return Stream.concat(
            containers.namesOf(held.container()).stream(),
            held.endpoint().asked().aliases().stream())
        .anyMatch(name::equalsIgnoreCase);
  }

  private boolean is(Leases.Held held, Scoped target) {
    return held.endpoint().networkId().equals(target.networkId())
        && (held.container().equals(target.target())
            || containers.namesOf(held.container()).stream().anyMatch(target.target()::equals));
  }

  /** Whom a link means; on the network it was made in alone. */
  private record Scoped(String networkId, String target) {}

  /** Whom the container that asks calls so by a link of its own. */
  private List<Scoped> linked(String name, Ipv4 client) {
    return at(client, leases.on(Set.of(network.id()))).stream()
        .flatMap(container -> leases.record(container).endpoints().stream())
        .flatMap(
            endpoint ->
                endpoint.asked().links().stream()
                    .map(Link::parse)
                    .filter(link -> link.alias().equalsIgnoreCase(name))
                    .map(link -> new Scoped(endpoint.networkId(), link.target())))
        .toList();
  }

  private static Optional<String> at(Ipv4 address, List<Leases.Held> places) {
    return places.stream()
        .filter(held -> held.endpoint().address().equals(address.toString()))
        .map(Leases.Held::container)
        .findFirst();
  }

  /** Nothing outside is asked for what is on networks without a way out. */
  @Override
  public List<String> resolversFor(Ipv4 client) {
    Optional<String> container = at(client, leases.on(Set.of(network.id())));
    if (network.internal() && container.map(this::isShutIn).orElse(true)) {
      return List.of();
    }
    List<String> own = container.map(containers::resolversOf).orElse(List.of());
    if (!own.isEmpty()) {
      return own;
    }
    try {
      return ResolvConf.parse(ResolvConf.hostText()).nameservers();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the host's resolv.conf", e);
    }
  }

  private boolean isShutIn(String container) {
    return leases.record(container).endpoints().stream()
        .allMatch(each -> internal.test(each.networkId()));
  }
}
