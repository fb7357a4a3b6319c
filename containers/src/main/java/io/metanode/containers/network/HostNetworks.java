package io.metanode.containers.network;

import io.metanode.containers.event.Event;
import io.metanode.containers.event.EventBus;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.NetworkDefinition.Addresses;
import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Randomness;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The networks of this host: bridges, the host's own, and none. */
public final class HostNetworks implements Networks, AutoCloseable {

  private static final Logger LOG = System.getLogger(HostNetworks.class.getName());

  private final Clock clock;
  private final Randomness randomness;
  private final EventBus events;
  private final Syscalls sys;
  private final ContainerNames names;
  private final Bridges bridges;
  private final Firewall firewall;
  private final PortPublisher ports;
  private final Map<String, Lease> leases = new ConcurrentHashMap<>();

  /**
   * Takes the bridges of a former process over or makes them. Rules stay as they are, and no
   * namespaces are made ahead, until {@link #removeAllExcept} or the first {@link #connect}, so
   * that running containers are adopted first.
   */
  public HostNetworks(
      NetworkSettings settings,
      Syscalls sys,
      Clock clock,
      Randomness randomness,
      EventBus events,
      ContainerNames names)
      throws IOException {
    this(settings, sys, clock, randomness, events, names, HostSupport.rules());
  }

  HostNetworks(
      NetworkSettings settings,
      Syscalls sys,
      Clock clock,
      Randomness randomness,
      EventBus events,
      ContainerNames names,
      RuleLoader loader)
      throws IOException {
    this.sys = sys;
    this.names = names;
    this.clock = clock;
    this.randomness = randomness;
    this.events = events;
    this.firewall = new Firewall(settings.table(), loader);
    this.ports = new PortPublisher(firewall, clock);
    this.bridges =
        new Bridges(
            settings,
            new Namespaces(sys, randomness),
            sys,
            firewall,
            clock,
            network -> new NetworkNames(network, leases, names));
    HostSupport.enableForwarding();
  }

  /** What does not work on this host, in words for its operator. */
  public List<String> warnings() {
    return HostSupport.warnings(firewall.failure());
  }

  @Override
  public Network resolve(String nameOrId) throws ApiException {
    return bridges.catalogue().resolve(nameOrId).network();
  }

  /** A network with all that is known of it. */
  public NetworkDefinition definition(String nameOrId) throws ApiException {
    return bridges.catalogue().resolve(nameOrId);
  }

  public List<NetworkDefinition> definitions() {
    return List.copyOf(bridges.catalogue().all());
  }

  /** The link of a bridge network on the host. */
  public String bridgeName(NetworkDefinition network) {
    return bridges.get(network.id()).bridge().name();
  }

  /** The places given out, by container. */
  public Map<String, LeaseRecord> leases() {
    Map<String, LeaseRecord> records = new ConcurrentHashMap<>();
    leases.forEach((container, lease) -> records.put(container, lease.record()));
    return records;
  }

  /** Makes a bridge network; its definition has no addresses if any will do. */
  public NetworkDefinition create(NetworkDefinition wanted) throws ApiException, IOException {
    NetworkDefinition made = bridges.create(wanted);
    publish("create", made.network(), Map.of());
    return made;
  }

  /**
   * Removes a network.
   *
   * @throws ApiException 403 if it is predefined or containers are on it
   */
  public void remove(NetworkDefinition network) throws ApiException, IOException {
    boolean used =
        leases.values().stream().anyMatch(lease -> lease.record().networkId().equals(network.id()));
    if (used) {
      throw ApiException.forbidden(
          "error while removing network: network %s has active endpoints"
              .formatted(network.name()));
    }
    bridges.remove(network);
    publish("destroy", network.network(), Map.of());
  }

  @Override
  public Lease connect(String containerId, Network network, List<PortMapping> mappings)
      throws ApiException, IOException {
    String endpoint = HexFormat.of().formatHex(randomness.bytes(32));
    Lease lease =
        switch (network.driver()) {
          case HOST, NULL -> plain(containerId, emptyRecord(network, endpoint));
          case BRIDGE -> onBridge(containerId, network, endpoint, mappings);
        };
    leases.put(containerId, lease);
    publish("connect", network, Map.of("container", containerId));
    return lease;
  }

  private static LeaseRecord emptyRecord(Network network, String endpoint) {
    return new LeaseRecord(network.id(), network.name(), endpoint, "", 0, "", "", "", List.of());
  }

  private Lease plain(String containerId, LeaseRecord recorded) {
    return new PlainLease(recorded, () -> released(containerId, recorded));
  }

  private Lease onBridge(
      String containerId, Network network, String endpoint, List<PortMapping> mappings)
      throws ApiException, IOException {
    BridgeNetwork bridge = bridges.get(network.id());
    if (!firewall.live()) {
      loadRules();
    }
    WiredNamespace namespace = bridge.take();
    try {
      PortPublisher.Publication publication =
          ports.publish(nameOf(containerId) + " (" + endpoint + ")", namespace.address(), mappings);
      Addresses addresses = bridge.definition().addresses().orElseThrow();
      LeaseRecord recorded =
          new LeaseRecord(
              network.id(),
              network.name(),
              endpoint,
              namespace.address().toString(),
              addresses.subnet().prefixLength(),
              addresses.gateway().toString(),
              namespace.address().macAddress(),
              namespace.hostInterface(),
              publication.mappings());
      return new BridgeLease(
          bridge, namespace, publication, recorded, () -> released(containerId, recorded));
    } catch (ApiException | IOException | RuntimeException e) {
      bridge.giveBack(namespace);
      throw e;
    }
  }

  private String nameOf(String containerId) {
    return names.namesOf(containerId).stream()
        .findFirst()
        .orElse(containerId.substring(0, Math.min(12, containerId.length())));
  }

  @Override
  public Lease adopt(String containerId, int pid, LeaseRecord recorded) throws IOException {
    Lease lease =
        recorded.address().isEmpty()
            ? plain(containerId, recorded)
            : adoptOnBridge(containerId, pid, recorded);
    leases.put(containerId, lease);
    return lease;
  }

  private Lease adoptOnBridge(String containerId, int pid, LeaseRecord recorded)
      throws IOException {
    BridgeNetwork bridge = bridges.get(recorded.networkId());
    Ipv4 address = Ipv4.of(recorded.address());
    int descriptor = sys.open(Path.of("/proc/" + pid + "/ns/net"), Constants.O_RDONLY, 0);
    try {
      bridge.adopt(address);
    } catch (IOException e) {
      sys.close(descriptor);
      throw e;
    }
    WiredNamespace namespace = new WiredNamespace(descriptor, recorded.hostInterface(), address);
    return new BridgeLease(
        bridge,
        namespace,
        publishAgain(containerId, address, recorded),
        recorded,
        () -> released(containerId, recorded));
  }

  /** A container that runs is kept even if another program took one of its ports meanwhile. */
  private PortPublisher.Publication publishAgain(
      String containerId, Ipv4 address, LeaseRecord recorded) throws IOException {
    try {
      return ports.publish(containerId, address, recorded.ports());
    } catch (ApiException e) {
      LOG.log(Level.WARNING, "ports of {0} are not published: {1}", containerId, e.getMessage());
      return ports.nothing();
    }
  }

  private void released(String containerId, LeaseRecord recorded) {
    leases.computeIfPresent(
        containerId,
        (_, lease) -> lease.record().endpointId().equals(recorded.endpointId()) ? null : lease);
    bridges
        .catalogue()
        .byId(recorded.networkId())
        .ifPresent(
            network -> publish("disconnect", network.network(), Map.of("container", containerId)));
  }

  @Override
  public void removeAllExcept(Set<String> known) throws IOException {
    leases.forEach(
        (container, lease) -> {
          if (!known.contains(container)) {
            lease.release();
          }
        });
    loadRules();
    bridges.removeStrays(leases().values());
    bridges.predefined().fill();
  }

  /** Without rules bridges still work, and the forwarders' sockets serve all clients. */
  private void loadRules() {
    try {
      firewall.rebuild();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "no address translation: {0}", e.getMessage());
    }
  }

  private void publish(String action, Network network, Map<String, String> more) {
    Map<String, String> attributes = new ConcurrentHashMap<>(more);
    attributes.put("name", network.name());
    attributes.put(
        "type",
        network.driver() == Driver.NULL
            ? "null"
            : network.driver().name().toLowerCase(Locale.ROOT));
    events.publish(new Event("network", action, network.id(), attributes, clock.now()));
  }

  /** Namespaces of the default bridge that wait for a container. */
  int readyNamespaces() {
    return bridges.predefined().readyNamespaces();
  }

  /**
   * Destroys the namespaces nobody took. Bridges and rules go too, unless containers still use
   * them.
   */
  @Override
  public void close() throws IOException {
    boolean used = leases.values().stream().anyMatch(BridgeLease.class::isInstance);
    bridges.close(!used);
    if (!used) {
      try {
        firewall.clear();
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "rules not removed: {0}", e.getMessage());
      }
    }
  }
}
