package io.metanode.containers.network;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.Networks.Driver;
import io.metanode.containers.network.Networks.LeaseRecord;
import io.metanode.containers.network.Networks.Network;
import io.metanode.containers.network.Networks.PortMapping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Places on bridges in one network namespace. */
final class BridgeLease implements Lease {

  private static final System.Logger LOG = System.getLogger(BridgeLease.class.getName());
  private static final int FORBIDDEN = 403;

  private static final long RETRY_NANOS = 1_000_000_000;

  /** The shim's record of what to add up is bounded. */
  private static final int MOST = 128;

  private final Ground ground;
  private final String container;
  private final int descriptor;
  private final List<PortMapping> mappings;
  private final AtomicBoolean released = new AtomicBoolean();
  private volatile Standing standing;
  private volatile PortPublisher.Publication publication;

  /** A place on one bridge. */
  record Place(BridgeNetwork network, Wire wire, Endpoint endpoint) {}

  /** The places there are, and what links that are gone had counted. */
  private record Standing(List<Place> places, long goneBytes) {

    private Standing {
      places = List.copyOf(places);
    }
  }

  /**
   * @param publication of the ports, at the network of the way out
   * @param goneBytes what links that are gone had counted
   */
  BridgeLease(
      Ground ground,
      String container,
      int descriptor,
      List<Place> places,
      PortPublisher.Publication publication,
      List<PortMapping> mappings,
      long goneBytes) {
    this.ground = ground;
    this.container = container;
    this.descriptor = descriptor;
    standing = new Standing(places, goneBytes);
    this.publication = publication;
    this.mappings = List.copyOf(mappings);
  }

  static List<Endpoint> endpoints(List<Place> places) {
    return places.stream().map(Place::endpoint).toList();
  }

  @Override
  public OptionalInt namespaceDescriptor() {
    return OptionalInt.of(descriptor);
  }

  @Override
  public Egress egress() {
    Standing now = standing;
    return new Egress(
        now.goneBytes(),
        now.places().stream()
            .map(place -> Bridge.receivedBytes(place.wire().hostInterface()))
            .toList());
  }

  /** That of the way out if it has one, since it knows all of the container's networks. */
  @Override
  public Optional<String> nameServer() {
    List<Place> places = standing.places();
    Optional<Endpoint> out = ground.published(endpoints(places));
    return places.stream()
        .sorted((one, other) -> Boolean.compare(isAt(other, out), isAt(one, out)))
        .flatMap(place -> place.network().nameServer().stream())
        .findFirst()
        .map(Ipv4::toString);
  }

  private static boolean isAt(Place place, Optional<Endpoint> endpoint) {
    return endpoint.filter(place.endpoint()::equals).isPresent();
  }

  @Override
  public LeaseRecord record() {
    Standing now = standing;
    return new LeaseRecord(endpoints(now.places()), publication.mappings(), now.goneBytes());
  }

  @Override
  public Endpoint join(Network network, EndpointRequest asked) throws ApiException, IOException {
    if (network.driver() != Driver.BRIDGE) {
      throw PlainLease.refusal(network.driver());
    }
    if (record().on(network.id()).isPresent()) {
      throw new ApiException(
          FORBIDDEN,
          "endpoint with name %s already exists in network %s"
              .formatted(container, network.name()));
    }
    if (standing.places().size() >= MOST) {
      throw ApiException.badRequest("a container can be on " + MOST + " networks at most");
    }
    BridgeNetwork bridge = ground.bridges().find(network);
    Wire wire = bridge.reserve(asked, freeLink());
    Place place = new Place(bridge, wire, ground.endpoint(bridge, wire, asked));
    Standing before = standing;
    List<Place> after = new ArrayList<>(before.places());
    after.add(place);
    try {
      ground.namespaces().extend(descriptor, List.of(wire), ground.routes(endpoints(after)));
      standing = new Standing(after, before.goneBytes());
      publishAnew(before.places());
    } catch (ApiException | IOException | RuntimeException e) {
      standing = before;
      discard(place);
      arrange(after);
      throw e;
    }
    ground.leases().tell("connect", network, container);
    return place.endpoint();
  }

  /** The first name that no link has. */
  private String freeLink() {
    for (int number = 0; ; number++) {
      String name = "eth" + number;
      if (standing.places().stream().noneMatch(place -> place.wire().link().equals(name))) {
        return name;
      }
    }
  }

  @Override
  public Parting leave(Network network) throws ApiException, IOException {
    Standing before = standing;
    Place left =
        before.places().stream()
            .filter(place -> place.endpoint().networkId().equals(network.id()))
            .findFirst()
            .orElseThrow(() -> notConnected(container, network));
    String hostInterface = left.wire().hostInterface();
    ground.namespaces().host().up(hostInterface, false);
    long counted = counted(hostInterface);
    Going going = new Going(network, left, before);
    standing =
        new Standing(
            before.places().stream().filter(place -> !place.equals(left)).toList(),
            before.goneBytes() + counted);
    try {
      lead();
      publishAnew(before.places());
    } catch (ApiException | IOException | RuntimeException e) {
      going.undo();
      throw e;
    }
    return going;
  }

  private static long counted(String hostInterface) {
    try {
      return new Egress(0, List.of(Bridge.receivedBytes(hostInterface))).read();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "a link went uncounted: {0}", e.getMessage());
      return 0;
    }
  }

  /** Docker's words. */
  static ApiException notConnected(String container, Network network) {
    return ApiException.internal(
        "container %s is not connected to network %s".formatted(container, network.name()));
  }

  private final class Going implements Parting {

    private final Network network;
    private final Place left;
    private final Standing before;

    private Going(Network network, Place left, Standing before) {
      this.network = network;
      this.left = left;
      this.before = before;
    }

    @Override
    public void complete() {
      discard(left);
      ground.leases().tell("disconnect", network, container);
    }

    @Override
    public void undo() throws IOException {
      List<Place> after = standing.places();
      ground.namespaces().host().up(left.wire().hostInterface(), true);
      standing = before;
      arrange(after);
    }
  }

  private void discard(Place place) {
    ground.namespaces().remove(place.wire().hostInterface());
    place.network().giveBack(place.wire());
  }

  /** Sets way out and published ports as the places have them, after a change that failed. */
  private void arrange(List<Place> other) {
    try {
      lead();
      publishAnew(other);
    } catch (ApiException | IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "networks of " + container + " half restored", e);
    }
  }

  /** Sets the default routes. */
  private void lead() throws IOException {
    ground.namespaces().extend(descriptor, List.of(), ground.routes(endpoints(standing.places())));
  }

  /**
   * Publishes the ports once they are free: another program took one while no engine ran. Tries
   * each second until the container has ended.
   */
  void publishOnceFree() {
    Thread.ofVirtual()
        .name("metanode-ports")
        .start(
            () -> {
              while (!publishedOrReleased()) {
                LockSupport.parkNanos(RETRY_NANOS);
              }
            });
  }

  private synchronized boolean publishedOrReleased() {
    if (released.get() || !publication.mappings().isEmpty()) {
      return true;
    }
    try {
      publication =
          ground.publish(container, ground.published(endpoints(standing.places())), mappings);
      LOG.log(System.Logger.Level.INFO, "ports of {0} are published again", container);
      return true;
    } catch (ApiException | IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "ports of {0}: {1}", container, e.getMessage());
      return false;
    }
  }

  /** Leads the published ports to another place, if the way out is another one now. */
  private synchronized void publishAnew(List<Place> before) throws ApiException, IOException {
    Optional<Endpoint> from = ground.published(endpoints(before));
    Optional<Endpoint> to = ground.published(endpoints(standing.places()));
    if (from.equals(to) || mappings.isEmpty()) {
      return;
    }
    if (to.isEmpty()) {
      publication.close();
      publication = ground.ports().nothing();
    } else if (publication.mappings().isEmpty()) {
      publication = ground.publish(container, to, mappings);
    } else {
      publication.lead(Ipv4.of(to.get().address()));
    }
  }

  private synchronized void unpublish() {
    publication.close();
  }

  @Override
  public void release() {
    if (released.compareAndSet(false, true)) {
      unpublish();
      ground.sys().close(descriptor);
      ground.leases().remove(container, this);
      for (Place place : standing.places()) {
        place.network().giveBack(place.wire());
        ground.leases().tell("disconnect", place.network().definition().network(), container);
      }
    }
  }
}
