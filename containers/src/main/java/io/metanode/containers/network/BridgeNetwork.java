package io.metanode.containers.network;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A bridge network in force: its link, its addresses, its ready namespaces. */
final class BridgeNetwork implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(BridgeNetwork.class.getName());
  private static final String FIRST_LINK = "eth0";
  private static final int FORBIDDEN = 403;

  private final NetworkDefinition definition;
  private final Bridge bridge;
  private final BridgeOptions options;
  private final Wire.Place place;
  private final AddressPool<Ipv4> addresses;
  private final Optional<AddressPool<Ipv6>> addresses6;
  private final NamespacePool pool;
  private final Namespaces namespaces;
  private final Optional<NameServer> names;

  /**
   * @param definition with the addresses it really has
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
    this.names = names;
    this.namespaces = namespaces;
    options = BridgeOptions.kept(definition.options());
    Addresses own = definition.addresses().orElseThrow();
    place = new Wire.Place(bridge.index(), own, definition.addresses6(), options);
    List<Ipv4> reserved = new ArrayList<>(own.reserved().values());
    reserved.add(own.gateway());
    addresses =
        new AddressPool<>(own.subnet(), own.range().orElse(own.subnet()), reserved, Bridge::exists);
    addresses6 = definition.addresses6().map(BridgeNetwork::pool);
    pool =
        new NamespacePool(
            namespaces,
            () -> addresses.take().map(address -> wire(FIRST_LINK, address, Optional.empty(), "")),
            this::giveBack,
            sys,
            poolSize);
  }

  private static AddressPool<Ipv6> pool(Addresses6 own) {
    List<Ipv6> reserved = new ArrayList<>(own.reserved().values());
    reserved.add(own.gateway());
    return new AddressPool<>(
        own.subnet(), own.range().orElse(own.subnet()), reserved, Bridge::exists);
  }

  NetworkDefinition definition() {
    return definition;
  }

  Bridge bridge() {
    return bridge;
  }

  BridgeOptions options() {
    return options;
  }

  NftScript.Segment segment() {
    return new NftScript.Segment(
        bridge.name(),
        bridge.subnet(),
        definition.addresses6().map(Addresses6::subnet),
        definition.internal(),
        options.masquerade(),
        namePorts());
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

  /** Takes a namespace that was made ahead; its link is {@code eth0} and leads here. */
  Optional<WiredNamespace> ready() {
    return pool.take();
  }

  /** Default routes by a link to a network with a way out. */
  static Wire.Routes through(Wire wire) {
    return new Wire.Routes(
        Optional.of(new Wire.Hop<>(wire.link(), wire.place().addresses().gateway())),
        wire.place().addresses6().map(more -> new Wire.Hop<>(wire.link(), more.gateway())));
  }

  /**
   * Takes addresses for a link that is to be made.
   *
   * @param link what it is called in the container
   * @throws ApiException 400 for an address no container can have here, 403 for one that is taken
   */
  Wire reserve(EndpointRequest asked, String link) throws ApiException, IOException {
    check(asked);
    Optional<Ipv4> wanted = Ipv4.parse(asked.address());
    Optional<Ipv6> wanted6 = Ipv6.parse(asked.address6());
    Ipv4 address = wanted.isPresent() ? wanted.get() : any(addresses, bridge.subnet());
    if (wanted.isPresent() && !took(addresses, address)) {
      throw taken();
    }
    try {
      return wire(link, address, address6(wanted6), asked.macAddress());
    } catch (ApiException | IOException e) {
      addresses.free(address, "");
      throw e;
    }
  }

  private Optional<Ipv6> address6(Optional<Ipv6> wanted) throws ApiException, IOException {
    if (addresses6.isEmpty()) {
      return Optional.empty();
    }
    if (wanted.isEmpty()) {
      return Optional.of(any(addresses6.get(), definition.addresses6().orElseThrow().subnet()));
    }
    if (!took(addresses6.get(), wanted.get())) {
      throw taken();
    }
    return wanted;
  }

  /** A container that starts again need not wait until the kernel has removed its last link. */
  private <A> boolean took(AddressPool<A> pool, A address) {
    pool.partingLink(address).ifPresent(namespaces::remove);
    return pool.take(address);
  }

  private static ApiException taken() {
    return new ApiException(FORBIDDEN, "Address already in use");
  }

  private static <A> A any(AddressPool<A> pool, AddressRange<A> subnet) throws IOException {
    return pool.take()
        .orElseThrow(() -> new IOException("no free address in " + subnet + "; remove containers"));
  }

  /**
   * @throws ApiException 400 for an address no container can have here
   */
  void check(EndpointRequest asked) throws ApiException {
    Optional<Ipv4> wanted = Ipv4.parse(asked.address());
    Optional<Ipv6> wanted6 = Ipv6.parse(asked.address6());
    if (wanted.isPresent()) {
      Addresses own = definition.addresses().orElseThrow();
      checkChosen(own.chosen());
      checkInside(own.subnet().holdsHost(wanted.get()), asked.address());
    }
    if (wanted6.isPresent()) {
      Optional<Addresses6> own = definition.addresses6();
      checkChosen(own.map(Addresses6::chosen).orElse(false));
      checkInside(own.orElseThrow().subnet().holdsHost(wanted6.get()), asked.address6());
    }
  }

  private static void checkChosen(boolean chosen) throws ApiException {
    if (!chosen) {
      throw ApiException.badRequest(
          "user specified IP address is supported only when connecting to networks with user"
              + " configured subnets");
    }
  }

  private static void checkInside(boolean inside, String address) throws ApiException {
    if (!inside) {
      throw ApiException.badRequest(
          "invalid endpoint settings:\nno configured subnet or ip-range contain the IP address "
              + address);
    }
  }

  private Wire wire(String link, Ipv4 address, Optional<Ipv6> address6, String macAddress) {
    return new Wire(
        namespaces.newName(),
        link,
        macAddress.isEmpty() ? address.macAddress() : macAddress,
        address,
        address6,
        place);
  }

  /** Takes the addresses of a container that runs already. */
  Wire adopt(Endpoint endpoint) throws IOException {
    Ipv4 address = Ipv4.of(endpoint.address());
    Optional<Ipv6> address6 = Ipv6.parse(endpoint.address6());
    if (!addresses.take(address)) {
      throw new IOException(address + " in " + bridge.subnet() + " is taken by another container");
    }
    if (address6.isPresent() && addresses6.isPresent() && !addresses6.get().take(address6.get())) {
      addresses.free(address, "");
      throw new IOException(address6.get() + " is taken by another container");
    }
    return new Wire(
        endpoint.hostInterface(), endpoint.link(), endpoint.macAddress(), address, address6, place);
  }

  /** Frees a link's addresses; they are given out again when the link is gone. */
  void giveBack(Wire wire) {
    addresses.free(wire.address(), wire.hostInterface());
    wire.address6()
        .ifPresent(
            address -> addresses6.ifPresent(more -> more.free(address, wire.hostInterface())));
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
