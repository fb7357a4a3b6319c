package io.metanode.containers.network;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.NetworkDefinition.Addresses;
import io.metanode.containers.network.Networks.Driver;
import io.metanode.containers.network.Networks.LeaseRecord;
import io.metanode.containers.sys.SyscallException;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.Clock;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The bridge networks of this node: the predefined one and those of users. */
final class Bridges {

  private static final Logger LOG = System.getLogger(Bridges.class.getName());
  private static final Path LINKS = Path.of("/sys/class/net");
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
      open(network, userBridge(network.id()), 0);
    }
  }

  Catalogue catalogue() {
    return catalogue;
  }

  BridgeNetwork predefined() {
    return get(settings.predefinedId("bridge"));
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
            ? new Addresses(existing.get().subnet(), existing.get().gateway())
            : firstHost(
                settings.subnet().isPresent()
                    ? settings.subnet().get()
                    : HostRoutes.read().choose());
    open(with(network, addresses), name, settings.poolSize());
  }

  private static Addresses firstHost(Subnet subnet) {
    return new Addresses(subnet, subnet.firstHost());
  }

  private String defaultBridge(String alias) throws IOException {
    for (int i = 0; i < NAMES; i++) {
      String name = settings.bridgePrefix() + i;
      if (!Bridge.exists(name) || Bridge.alias(name).equals(alias)) {
        return name;
      }
    }
    throw new IOException(
        "no free name for a bridge: " + settings.bridgePrefix() + "0 to 99 exist");
  }

  private static String userBridge(String id) {
    return (USER_PREFIX + id).substring(0, NAME_LIMIT);
  }

  private String alias(String networkId) {
    return settings.aliasPrefix() + networkId;
  }

  private static NetworkDefinition with(NetworkDefinition network, Addresses addresses) {
    return new NetworkDefinition(
        network.id(),
        network.name(),
        network.driver(),
        network.created(),
        Optional.of(addresses),
        network.internal(),
        network.labels(),
        network.options());
  }

  private BridgeNetwork open(NetworkDefinition network, String name, int poolSize)
      throws IOException {
    Addresses addresses = network.addresses().orElseThrow();
    Bridge bridge =
        Bridge.ensure(
            namespaces.host(),
            new Bridge.Wanted(name, alias(network.id()), addresses.subnet(), addresses.gateway()));
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
    Addresses addresses =
        wanted.addresses().isPresent() ? wanted.addresses().get() : firstHost(routes.choose());
    if (!routes.free(addresses.subnet())) {
      throw ApiException.forbidden(
          "invalid pool request: Pool overlaps with other one on this address space");
    }
    NetworkDefinition network = with(wanted, addresses);
    BridgeNetwork opened = open(network, userBridge(network.id()), 0);
    try {
      store.add(network);
      rebuild();
      return network;
    } catch (IOException e) {
      forget(opened);
      throw e;
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
   * Removes links that a former process left: those on our bridges without a lease, our bridges
   * without a network. To be called before containers are connected.
   */
  void removeStrays(Collection<LeaseRecord> leases) throws IOException {
    namespaces.onThread(() -> strays(leases)).forEach(this::delete);
  }

  /** On the thread no namespace is half made, so that every link of ours is in a pool or leased. */
  private List<String> strays(Collection<LeaseRecord> leases) throws IOException {
    List<String> strays = new ArrayList<>();
    Set<String> leased =
        leases.stream().map(LeaseRecord::hostInterface).collect(Collectors.toSet());
    Set<String> bridges =
        byId.values().stream().map(each -> each.bridge().name()).collect(Collectors.toSet());
    for (String link : links()) {
      boolean strayBridge =
          Bridge.alias(link).startsWith(settings.aliasPrefix()) && !bridges.contains(link);
      boolean strayEnd = isHostEnd(link, bridges) && !leased.contains(link) && !pooled(link);
      if (strayBridge || strayEnd) {
        LOG.log(Level.INFO, "removing the stray link {0}", link);
        strays.add(link);
      }
    }
    return strays;
  }

  private boolean pooled(String link) {
    return byId.values().stream().anyMatch(each -> each.holdsReady(link));
  }

  private static List<String> links() throws IOException {
    try (Stream<Path> links = Files.list(LINKS)) {
      return links.map(link -> String.valueOf(link.getFileName())).toList();
    }
  }

  private static boolean isHostEnd(String link, Set<String> bridges) throws IOException {
    Path master = LINKS.resolve(link).resolve("master");
    return link.startsWith(Namespaces.HOST_PREFIX)
        && Files.exists(master)
        && bridges.contains(String.valueOf(master.toRealPath().getFileName()));
  }

  private void delete(String link) {
    try {
      namespaces.host().delete(link);
    } catch (SyscallException e) {
      LOG.log(Level.DEBUG, "gone before it was removed: {0}", link);
    }
  }

  /**
   * @param remove whether the bridges go too
   */
  void close(boolean remove) {
    byId.values().forEach(BridgeNetwork::close);
    if (remove) {
      byId.values().forEach(network -> delete(network.bridge().name()));
    }
    namespaces.close();
  }
}
