package io.metanode.containers.network;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.Networks.Driver;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.Clock;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The bridge networks of this node: the predefined one and those of users. */
final class Bridges {

  private static final Logger LOG = System.getLogger(Bridges.class.getName());
  private static final String USER_PREFIX = "mnb";
  private static final int NAME_LIMIT = 15;
  private static final int NAMES = 100;

  private final NetworkSettings settings;
  private final Namespaces namespaces;
  private final Syscalls sys;
  private final Firewall firewall;
  private final NetworkStore store;
  private final Catalogue catalogue = new Catalogue();
  private final Map<String, BridgeNetwork> byId = new ConcurrentHashMap<>();
  private final Function<NetworkDefinition, NameServer.Zone> zones;

  /**
   * @param zones the names of containers on users' networks
   */
  Bridges(
      NetworkSettings settings,
      Namespaces namespaces,
      Syscalls sys,
      Firewall firewall,
      Clock clock,
      Function<NetworkDefinition, NameServer.Zone> zones)
      throws IOException {
    this.zones = zones;
    this.settings = settings;
    this.namespaces = namespaces;
    this.sys = sys;
    this.firewall = firewall;
    this.store = new NetworkStore(settings.state());
    catalogue.put(Catalogue.predefined(settings, "host", Driver.HOST, clock.now()));
    catalogue.put(Catalogue.predefined(settings, "none", Driver.NULL, clock.now()));
    openDefault(Catalogue.predefined(settings, "bridge", Driver.BRIDGE, clock.now()));
    for (NetworkDefinition network : store.all()) {
      open(network, userBridge(network), 0);
    }
  }

  Catalogue catalogue() {
    return catalogue;
  }

  BridgeNetwork predefined() {
    return get(settings.predefinedId("bridge"));
  }

  /**
   * As {@link #get}, of a network that may have been removed meanwhile.
   *
   * @throws ApiException 404
   */
  BridgeNetwork find(Networks.Network network) throws ApiException {
    BridgeNetwork found = byId.get(network.id());
    if (found == null) {
      throw ApiException.notFound("network " + network.name() + " not found");
    }
    return found;
  }

  BridgeNetwork get(String id) {
    BridgeNetwork network = byId.get(id);
    if (network == null) {
      throw new IllegalArgumentException("no bridge network " + id);
    }
    return network;
  }

  private void openDefault(NetworkDefinition network) throws IOException {
    String name = defaultBridge(alias(network.id()));
    Optional<Bridge.Existing> existing = Bridge.existing(name);
    Addresses addresses =
        existing.isPresent()
            ? existing.get().addresses()
            : Addresses.of(
                settings.subnet().isPresent()
                    ? settings.subnet().get()
                    : HostRoutes.read().choose());
    open(network.with(addresses), name, settings.poolSize());
  }

  private String defaultBridge(String alias) throws IOException {
    List<String> names =
        IntStream.range(0, NAMES).mapToObj(i -> settings.bridgePrefix() + i).toList();
    // Its own comes first: a lower number may have become free, and containers are on it.
    for (String name : names) {
      if (Bridge.alias(name).equals(alias)) {
        return name;
      }
    }
    for (String name : names) {
      if (!Bridge.exists(name)) {
        return name;
      }
    }
    throw new IOException(
        "no free name for a bridge: " + settings.bridgePrefix() + "0 to 99 exist");
  }

  private static String userBridge(NetworkDefinition network) {
    return BridgeOptions.kept(network.options())
        .name()
        .orElse((USER_PREFIX + network.id()).substring(0, NAME_LIMIT));
  }

  private String alias(String networkId) {
    return settings.aliasPrefix() + networkId;
  }

  private BridgeNetwork open(NetworkDefinition network, String name, int poolSize)
      throws IOException {
    Addresses addresses = network.addresses().orElseThrow();
    Bridge bridge =
        Bridge.ensure(
            namespaces.host(),
            new Bridge.Wanted(
                name,
                alias(network.id()),
                addresses,
                network.addresses6(),
                BridgeOptions.kept(network.options()).mtu()));
    BridgeNetwork opened =
        new BridgeNetwork(network, bridge, namespaces, sys, poolSize, nameServer(network, bridge));
    byId.put(network.id(), opened);
    catalogue.put(network);
    firewall.add(opened.segment());
    return opened;
  }

  /** As Docker: names are resolved on users' networks alone. */
  private Optional<NameServer> nameServer(NetworkDefinition network, Bridge bridge) {
    if (network.id().equals(settings.predefinedId("bridge"))) {
      return Optional.empty();
    }
    try {
      return Optional.of(new NameServer(bridge.gateway(), zones.apply(network)));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "no names on network {0}: {1}", network.name(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Makes a user's network; on disk and in force when this returns. */
  synchronized NetworkDefinition create(NetworkDefinition wanted) throws ApiException, IOException {
    if (catalogue.named(wanted.name()).isPresent()) {
      throw ApiException.conflict("network with name " + wanted.name() + " already exists");
    }
    HostRoutes routes = HostRoutes.read();
    NetworkDefinition network =
        wanted.addresses().isPresent() ? wanted : wanted.with(Addresses.of(routes.choose()));
    check(network, routes);
    if (network.addresses6().isPresent()) {
      HostSupport.enableForwarding6();
    }
    BridgeNetwork opened = openNew(network);
    try {
      store.add(network);
      rebuild();
      return network;
    } catch (IOException e) {
      forget(opened);
      throw e;
    }
  }

  private BridgeNetwork openNew(NetworkDefinition network) throws IOException {
    String bridge = userBridge(network);
    try {
      return open(network, bridge, 0);
    } catch (IOException | RuntimeException e) {
      namespaces.remove(bridge);
      throw e;
    }
  }

  private void check(NetworkDefinition network, HostRoutes routes) throws ApiException {
    if (network.addresses6().isPresent() && !HostSupport.hasIpv6()) {
      throw ApiException.badRequest("this host has no IPv6");
    }
    boolean overlaps =
        network
            .addresses6()
            .map(Addresses6::subnet)
            .filter(
                mine ->
                    catalogue.all().stream()
                        .flatMap(other -> other.addresses6().stream())
                        .anyMatch(other -> other.subnet().overlaps(mine)))
            .isPresent();
    if (overlaps || !routes.free(network.addresses().orElseThrow().subnet())) {
      throw ApiException.forbidden(
          "invalid pool request: Pool overlaps with other one on this address space");
    }
    String bridge = userBridge(network);
    if (Bridge.exists(bridge)) {
      throw ApiException.forbidden("the host has a link " + bridge + " already");
    }
  }

  /** Removes a user's network. */
  synchronized void remove(NetworkDefinition network) throws ApiException, IOException {
    BridgeNetwork opened = byId.get(network.id());
    if (opened == null || network.id().equals(settings.predefinedId("bridge"))) {
      throw ApiException.forbidden(
          network.name() + " is a pre-defined network and cannot be removed");
    }
    store.remove(network.id());
    forget(opened);
    rebuild();
  }

  private void forget(BridgeNetwork network) throws IOException {
    String id = network.definition().id();
    catalogue.remove(id);
    byId.remove(id);
    firewall.remove(network.segment());
    network.close();
    network.bridge().remove(namespaces.host());
  }

  private void rebuild() {
    try {
      firewall.rebuild();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "no address translation: {0}", e.getMessage());
    }
  }

  /**
   * Removes links that a former process left. To be called before containers are connected.
   *
   * @param leased the host's ends of the links that containers use
   */
  void removeStrays(Set<String> leased) throws IOException {
    StrayLinks strays = new StrayLinks(settings.aliasPrefix(), byId.values(), leased);
    // On the thread no namespace is half made, so that every link of ours is in a pool or leased.
    namespaces.onThread(strays::find).forEach(namespaces::remove);
  }

  /**
   * @param remove whether the bridges go too
   */
  void close(boolean remove) {
    byId.values().forEach(BridgeNetwork::close);
    if (remove) {
      byId.values().forEach(network -> namespaces.remove(network.bridge().name()));
    }
    namespaces.close();
  }
}
