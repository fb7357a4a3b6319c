package io.metanode.containers.network;

import io.metanode.containers.network.NetworkDefinition.Addresses;
import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.util.Optional;

/** A bridge network in force: its link, its addresses, its ready namespaces. */
final class BridgeNetwork implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(BridgeNetwork.class.getName());

  private final NetworkDefinition definition;
  private final Bridge bridge;
  private final AddressPool addresses;
  private final NamespacePool pool;
  private final Syscalls sys;
  private final Optional<NameServer> names;

  /**
   * @param poolSize how many namespaces to hold ready
   * @param names who resolves names on it
   */
  BridgeNetwork(
      NetworkDefinition definition,
      Bridge bridge,
      Namespaces namespaces,
      Syscalls sys,
      int poolSize,
      Optional<NameServer> names) {
    this.definition = definition;
    this.bridge = bridge;
    this.sys = sys;
    this.names = names;
    this.addresses = new AddressPool(bridge.subnet(), bridge.gateway(), Bridge::exists);
    this.pool =
        new NamespacePool(
            namespaces,
            new Namespaces.Place(bridge.index(), bridge.subnet(), bridge.gateway()),
            addresses,
            sys,
            poolSize);
  }

  /** The definition with the addresses it really has. */
  NetworkDefinition definition() {
    return new NetworkDefinition(
        definition.id(),
        definition.name(),
        definition.driver(),
        definition.created(),
        Optional.of(new Addresses(bridge.subnet(), bridge.gateway())),
        definition.internal(),
        definition.labels(),
        definition.options());
  }

  Bridge bridge() {
    return bridge;
  }

  NftScript.Segment segment() {
    return new NftScript.Segment(
        bridge.name(), bridge.subnet(), definition.internal(), namePorts());
  }

  private Optional<NftScript.NamePorts> namePorts() {
    return names.map(
        server ->
            new NftScript.NamePorts(bridge.gateway(), server.datagramPort(), server.streamPort()));
  }

  /** Whom containers on it ask for names; empty for the host's resolvers. */
  Optional<Ipv4> nameServer() {
    return names.map(_ -> bridge.gateway());
  }

  void fill() {
    pool.fill();
  }

  WiredNamespace take() throws IOException {
    return pool.take();
  }

  /** Takes the address of a container that runs already. */
  void adopt(Ipv4 address) throws IOException {
    if (!addresses.take(address)) {
      throw new IOException(address + " in " + bridge.subnet() + " is taken by another container");
    }
  }

  /** Destroys a namespace, as far as no process holds it, and frees its address. */
  void giveBack(WiredNamespace namespace) {
    sys.close(namespace.descriptor());
    addresses.free(namespace.address(), namespace.hostInterface());
  }

  /** Whether a link leads to a namespace that waits for a container. */
  boolean holdsReady(String hostInterface) {
    return pool.holds(hostInterface);
  }

  int readyNamespaces() {
    return pool.ready();
  }

  @Override
  public void close() {
    pool.close();
    try {
      if (names.isPresent()) {
        names.get().close();
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "name server not closed: {0}", e.getMessage());
    }
  }
}
