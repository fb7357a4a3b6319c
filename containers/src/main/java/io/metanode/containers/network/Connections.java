package io.metanode.containers.network;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.BridgeLease.Place;
import io.metanode.containers.network.Networks.Driver;
import io.metanode.containers.network.Networks.LeaseRecord;
import io.metanode.containers.network.Networks.Network;
import io.metanode.containers.network.Networks.PortMapping;
import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.SyscallException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes places for containers that start, and takes up those of containers that run. */
final class Connections {

  private static final Logger LOG = System.getLogger(Connections.class.getName());

  private final Ground ground;

  Connections(Ground ground) {
    this.ground = ground;
  }

  /** See {@link Networks#connect}. */
  Lease connect(String container, List<EndpointRequest> asked, List<PortMapping> mappings)
      throws ApiException, IOException {
    for (EndpointRequest request : asked) {
      Network network = ground.network(request);
      if (network.driver() != Driver.BRIDGE) {
        if (asked.size() > 1) {
          throw PlainLease.refusal(network.driver());
        }
        return told(
            container, PlainLease.of(container, network, ground.newEndpointId(), ground.leases()));
      }
    }
    return told(container, onBridges(container, asked, mappings));
  }

  private Lease told(String container, Lease lease) {
    ground.leases().put(container, lease);
    for (Endpoint endpoint : lease.record().endpoints()) {
      ground
          .bridges()
          .catalogue()
          .byId(endpoint.networkId())
          .ifPresent(network -> ground.leases().tell("connect", network.network(), container));
    }
    return lease;
  }

  private Lease onBridges(String container, List<EndpointRequest> asked, List<PortMapping> mappings)
      throws ApiException, IOException {
    List<Place> places = new ArrayList<>();
    int descriptor = -1;
    try {
      Optional<WiredNamespace> ready = ready(asked);
      if (ready.isPresent()) {
        descriptor = ready.get().descriptor();
      }
      for (EndpointRequest request : asked) {
        BridgeNetwork network = ground.bridges().find(ground.network(request));
        if (places.stream().anyMatch(place -> place.network() == network)) {
          continue;
        }
        Wire wire =
            places.isEmpty() && ready.isPresent()
                ? ready.get().wire()
                : network.reserve(request, "eth" + places.size());
        places.add(new Place(network, wire, ground.endpoint(network, wire, request)));
      }
      descriptor = wired(ready, places);
      List<Endpoint> endpoints = BridgeLease.endpoints(places);
      return new BridgeLease(
          ground,
          container,
          descriptor,
          places,
          ground.publish(container, ground.published(endpoints), mappings),
          mappings,
          0);
    } catch (ApiException | IOException | RuntimeException e) {
      giveBack(descriptor, places);
      throw e;
    }
  }

  /** A namespace that was made ahead, where one will do for the first network. */
  private Optional<WiredNamespace> ready(List<EndpointRequest> asked) throws ApiException {
    if (asked.isEmpty() || !asked.getFirst().anyPlaceWillDo()) {
      return Optional.empty();
    }
    return ground.bridges().find(ground.network(asked.getFirst())).ready();
  }

  private int wired(Optional<WiredNamespace> ready, List<Place> places) throws IOException {
    List<Wire> wires = places.stream().map(Place::wire).toList();
    Wire.Routes routes = ground.routes(BridgeLease.endpoints(places));
    if (ready.isEmpty()) {
      return ground.namespaces().make(wires, routes);
    }
    if (wires.size() > 1) {
      ground.namespaces().extend(ready.get().descriptor(), wires.subList(1, wires.size()), routes);
    }
    return ready.get().descriptor();
  }

  private void giveBack(int descriptor, List<Place> places) {
    if (descriptor >= 0) {
      ground.sys().close(descriptor);
    }
    places.forEach(place -> place.network().giveBack(place.wire()));
  }

  /** See {@link Networks#share}. */
  Lease share(int pid) throws IOException {
    return new SharedLease(namespaceOf(pid), ground.sys());
  }

  private int namespaceOf(int pid) throws SyscallException {
    return ground.sys().open(Path.of("/proc/" + pid + "/ns/net"), Constants.O_RDONLY, 0);
  }

  /** See {@link Networks#adopt}. */
  Lease adopt(String container, int pid, LeaseRecord recorded) throws IOException {
    boolean plain = recorded.endpoints().stream().anyMatch(each -> each.link().isEmpty());
    Lease lease =
        plain ? adoptPlain(container, recorded) : adoptOnBridges(container, pid, recorded);
    ground.leases().put(container, lease);
    return lease;
  }

  private Lease adoptPlain(String container, LeaseRecord recorded) {
    Endpoint endpoint = recorded.endpoints().getFirst();
    Network network =
        ground
            .bridges()
            .catalogue()
            .byId(endpoint.networkId())
            .map(NetworkDefinition::network)
            .orElse(new Network(endpoint.networkId(), endpoint.networkName(), Driver.NULL));
    return new PlainLease(container, network, recorded, ground.leases());
  }

  private Lease adoptOnBridges(String container, int pid, LeaseRecord recorded) throws IOException {
    int descriptor = namespaceOf(pid);
    List<Place> places = new ArrayList<>();
    try {
      for (Endpoint endpoint : recorded.endpoints()) {
        BridgeNetwork network = ground.bridges().get(endpoint.networkId());
        places.add(new Place(network, network.adopt(endpoint), endpoint));
      }
    } catch (IOException | RuntimeException e) {
      giveBack(descriptor, places);
      throw e;
    }
    undoParting(container, descriptor, places);
    PortPublisher.Publication publication = publishAgain(container, places, recorded.ports());
    BridgeLease lease =
        new BridgeLease(
            ground,
            container,
            descriptor,
            places,
            publication,
            recorded.ports(),
            recorded.goneBytes());
    if (publication.mappings().isEmpty() && !recorded.ports().isEmpty()) {
      lease.publishOnceFree();
    }
    return lease;
  }

  /** The former engine may have ended while the container was leaving a network. */
  private void undoParting(String container, int descriptor, List<Place> places) {
    try {
      for (Place place : places) {
        ground.namespaces().host().up(place.wire().hostInterface(), true);
      }
      ground
          .namespaces()
          .extend(descriptor, List.of(), ground.routes(BridgeLease.endpoints(places)));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "networks of {0}: {1}", container, e.getMessage());
    }
  }

  /** A container that runs is kept even if another program took one of its ports meanwhile. */
  private PortPublisher.Publication publishAgain(
      String container, List<Place> places, List<PortMapping> mappings) throws IOException {
    try {
      return ground.publish(container, ground.published(BridgeLease.endpoints(places)), mappings);
    } catch (ApiException e) {
      LOG.log(
          Level.WARNING,
          "ports of {0} are not published until they are free: {1}",
          container,
          e.getMessage());
      return ground.ports().nothing();
    }
  }
}
