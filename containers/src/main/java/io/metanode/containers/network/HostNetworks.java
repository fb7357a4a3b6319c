package io.metanode.containers.network;

import io.metanode.containers.event.EventBus;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Randomness;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The networks of this host: bridges, the host's own, and none. */
public final class HostNetworks implements Networks, AutoCloseable {

  private static final Logger LOG = System.getLogger(HostNetworks.class.getName());

  private final Bridges bridges;
  private final Firewall firewall;
  private final Leases leases;
  private final Connections connections;

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
    firewall = new Firewall(settings.table(), loader);
    leases = new Leases(events, clock);
    Namespaces namespaces = new Namespaces(sys, randomness);
    bridges =
        new Bridges(
            settings,
            namespaces,
            sys,
            firewall,
            clock,
            network ->
                new NetworkNames(
                    network, leases, names, settings.predefinedId("bridge"), this::isInternal));
    connections =
        new Connections(
            new Ground(
                bridges,
                namespaces,
                new PortPublisher(firewall, clock),
                leases,
                names,
                sys,
                randomness));
    HostSupport.enableForwarding();
  }

  private boolean isInternal(String networkId) {
    return bridges.catalogue().byId(networkId).map(NetworkDefinition::internal).orElse(true);
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

  /** The host's addresses at which a published port is heard: all of IPv4, and of IPv6 with it. */
  public static List<String> listened(PortMapping port) {
    return port.hostAddress()
        .map(List::of)
        .orElseGet(() -> HostSupport.hasIpv6() ? List.of("0.0.0.0", "::") : List.of("0.0.0.0"));
  }

  /** The places given out, by container. */
  public Map<String, LeaseRecord> leases() {
    return leases.records();
  }

  /** Makes a bridge network; its definition has no addresses if any will do. */
  public NetworkDefinition create(NetworkDefinition wanted) throws ApiException, IOException {
    NetworkDefinition made = bridges.create(wanted);
    leases.publish("create", made.network(), Map.of());
    return made;
  }

  /**
   * Removes a network.
   *
   * @throws ApiException 403 if it is predefined or containers are on it
   */
  public void remove(NetworkDefinition network) throws ApiException, IOException {
    if (leases.used(network.id())) {
      throw ApiException.forbidden(
          "error while removing network: network %s has active endpoints"
              .formatted(network.name()));
    }
    bridges.remove(network);
    leases.publish("destroy", network.network(), Map.of());
  }

  @Override
  public void check(Network network, EndpointRequest asked) throws ApiException {
    if (network.driver() != Driver.BRIDGE) {
      throw PlainLease.refusal(network.driver());
    }
    bridges.find(network).check(asked);
  }

  @Override
  public Lease connect(String containerId, List<EndpointRequest> places, List<PortMapping> mappings)
      throws ApiException, IOException {
    if (!firewall.live()) {
      loadRules();
    }
    return connections.connect(containerId, places, mappings);
  }

  @Override
  public Lease share(int pid) throws IOException {
    return connections.share(pid);
  }

  @Override
  public Lease adopt(String containerId, int pid, LeaseRecord recorded) throws IOException {
    return connections.adopt(containerId, pid, recorded);
  }

  @Override
  public void removeAllExcept(Set<String> known) throws IOException {
    leases
        .all()
        .forEach(
            (container, lease) -> {
              if (!known.contains(container)) {
                lease.release();
              }
            });
    loadRules();
    bridges.removeStrays(leases.hostInterfaces());
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
    boolean used = leases.all().values().stream().anyMatch(BridgeLease.class::isInstance);
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
