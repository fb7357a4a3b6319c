package io.metanode.containers.engine;

import io.metanode.containers.config.HostConfig;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.Egress;
import io.metanode.containers.network.Endpoint;
import io.metanode.containers.network.EndpointRequest;
import io.metanode.containers.network.Lease;
import io.metanode.containers.network.Networks.Driver;
import io.metanode.containers.network.Networks.Network;
import io.metanode.containers.operation.Done;
import io.metanode.containers.operation.Operation;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.operation.Operations.Ticket;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Actor;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.ReceiptSink.Appended;
import io.metanode.receipts.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Connects containers to networks and disconnects them, running or not. What a container is to be
 * on is kept in its state before the client hears of it; of a change that a crash cut off, the next
 * engine finds either nothing or all.
 */
final class Connecting {

  private static final int NOT_FOUND = 404;

  private static final String SHARING =
      "container sharing network namespace with another container or host cannot be connected to"
          + " any other network";

  private static final String ALONE =
      "container cannot be connected to multiple networks with one of the networks in private"
          + " (none) mode";

  private final EngineParts parts;
  private final ContainerStore store;
  private final Metering metering;

  Connecting(EngineParts parts, ContainerStore store, Metering metering) {
    this.parts = parts;
    this.store = store;
    this.metering = metering;
  }

  private interface Change {
    void make() throws ApiException, IOException;
  }

  /**
   * Connects a container to a network; returns once the receipt is durable. A container that does
   * not run may be connected already: that stays as it is, as by Docker.
   *
   * @param settings {@code EndpointSettings} as the shape reads it
   * @throws ApiException 403 if it runs and is connected, or an address is taken, 400 for a
   *     container that cannot be on several networks, or an address no host of the network can have
   */
  void connect(Actor actor, Container container, Network network, JsonNode settings)
      throws ApiException, IOException {
    EndpointRequest asked = WantedNetworks.checked(network.name(), settings);
    ObjectNode arguments = arguments(network);
    arguments.set("settings", settings);
    perform(
        Steps.of(actor, "network.connect", container, attributes(network), arguments),
        container,
        Optional.of(network),
        () -> connect(container, network, asked));
  }

  private void connect(Container container, Network network, EndpointRequest asked)
      throws ApiException, IOException {
    checkNotRemoved(container);
    checkJoinable(container, network);
    ActiveRun run = running(container);
    boolean connected = container.networks().stream().anyMatch(each -> means(each, network));
    if (connected && run != null) {
      throw new ApiException(
          403,
          "endpoint with name %s already exists in network %s"
              .formatted(container.state().name(), network.name()));
    }
    if (connected) {
      return;
    }
    List<EndpointRequest> wanted = new ArrayList<>(container.networks());
    wanted.add(asked);
    if (run == null) {
      parts.networks().check(network, asked);
      container.change(state -> state.withNetworks(wanted));
      return;
    }
    Lease lease = run.lease();
    Optional<String> asksBefore = lease.nameServer();
    Endpoint made = lease.join(network, asked);
    try {
      count(run);
      container.change(state -> state.withNetworks(wanted).withLease(Optional.of(lease.record())));
    } catch (IOException e) {
      lease.leave(network).complete();
      count(run);
      throw e;
    }
    rename(container, lease, asksBefore, Optional.of(made), Optional.empty());
  }

  /**
   * Disconnects a container from a network; returns once the receipt is durable.
   *
   * @param name the network's name or id; of one that is gone the name
   * @throws ApiException 404 if there is no such network, 500 as Docker if the container is not on
   *     it, 400 for one that shares a network
   */
  void disconnect(Actor actor, Container container, String name) throws ApiException, IOException {
    Optional<Network> network = find(container, name);
    String called = network.map(Network::name).orElse(name);
    ObjectNode arguments = Steps.arguments().put("network", called);
    network.ifPresent(found -> arguments.put("networkId", found.id()));
    perform(
        Steps.of(actor, "network.disconnect", container, Map.of("network", called), arguments),
        container,
        network,
        () -> disconnect(container, called, network));
  }

  private void disconnect(Container container, String name, Optional<Network> network)
      throws ApiException, IOException {
    checkNotRemoved(container);
    checkLeavable(container, network);
    List<EndpointRequest> wanted =
        container.networks().stream()
            .filter(each -> network.isPresent() ? !means(each, network.get()) : !is(each, name))
            .toList();
    if (wanted.size() == container.networks().size()) {
      throw ApiException.internal(
          "container " + container.id() + " is not connected to network " + name);
    }
    ActiveRun run = running(container);
    if (run == null || network.isEmpty()) {
      container.change(state -> state.withNetworks(wanted));
      return;
    }
    Lease lease = run.lease();
    Optional<String> asksBefore = lease.nameServer();
    Optional<Endpoint> left = lease.record().on(network.get().id());
    Lease.Parting parting = lease.leave(network.get());
    try {
      count(run);
      container.change(state -> state.withNetworks(wanted).withLease(Optional.of(lease.record())));
    } catch (IOException e) {
      parting.undo();
      count(run);
      throw e;
    }
    parting.complete();
    rename(container, lease, asksBefore, Optional.empty(), left);
  }

  /** A network that is gone still can be what a container that does not run is to be on. */
  private Optional<Network> find(Container container, String name) throws ApiException {
    try {
      return Optional.of(parts.networks().resolve(name));
    } catch (ApiException e) {
      if (e.status() == NOT_FOUND
          && container.networks().stream().anyMatch(each -> is(each, name))) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static boolean is(EndpointRequest asked, String name) {
    return asked.network().equals(name);
  }

  private static boolean means(EndpointRequest asked, Network network) {
    return asked.network().equals(network.name())
        || (asked.network().length() >= 12 && network.id().startsWith(asked.network()));
  }

  private static void checkJoinable(Container container, Network network) throws ApiException {
    HostConfig host = container.definition().hostConfig();
    boolean onHost = host.networkMode().equals("host");
    if (!onHost && network.driver() == Driver.HOST) {
      throw ApiException.badRequest(
          "cannot connect container to host network - container must be created in host network"
              + " mode");
    }
    if (onHost || host.networkContainer().isPresent()) {
      throw ApiException.badRequest(SHARING);
    }
    if (isAlone(container)) {
      throw ApiException.badRequest(ALONE);
    }
  }

  private static void checkLeavable(Container container, Optional<Network> network)
      throws ApiException {
    HostConfig host = container.definition().hostConfig();
    if (host.networkContainer().isPresent()) {
      throw ApiException.badRequest(SHARING);
    }
    if (host.networkMode().equals("host")
        && network.filter(each -> each.driver() == Driver.HOST).isPresent()) {
      throw ApiException.badRequest(
          "cannot disconnect container from host network - container was created in host network"
              + " mode");
    }
    if (isAlone(container)) {
      throw ApiException.badRequest(ALONE);
    }
  }

  private static boolean isAlone(Container container) {
    return container.definition().hostConfig().networkMode().equals("none")
        || container.definition().config().networkDisabled();
  }

  private static void checkNotRemoved(Container container) throws ApiException {
    switch (container.state().status()) {
      case REMOVING, DEAD ->
          throw ApiException.conflict(
              "container "
                  + container.id()
                  + " is marked for removal and cannot be connected or disconnected to the"
                  + " network");
      case CREATED, RUNNING, PAUSED, RESTARTING, EXITED -> {}
    }
  }

  private static @org.jspecify.annotations.Nullable ActiveRun running(Container container) {
    ActiveRun run = container.active();
    return run == null || run.process().hasEnded() ? null : run;
  }

  /** From here the shim adds up other links when the container has ended. */
  private static void count(ActiveRun run) throws IOException {
    Egress egress = run.lease().egress();
    run.process().countEgress(egress.goneBytes(), egress.counters());
  }

  /** The container's own files; without them it is connected all the same. */
  private void rename(
      Container container,
      Lease lease,
      Optional<String> asksBefore,
      Optional<Endpoint> joined,
      Optional<Endpoint> left) {
    try {
      parts
          .bundles()
          .renetwork(container, store.directory(container.id()), lease, asksBefore, joined, left);
    } catch (IOException e) {
      System.getLogger(Connecting.class.getName())
          .log(System.Logger.Level.WARNING, "name files of " + container.shortId(), e);
    }
  }

  private static ObjectNode arguments(Network network) {
    return Steps.arguments().put("network", network.name()).put("networkId", network.id());
  }

  private static Map<String, String> attributes(Network network) {
    return Map.of("network", network.name());
  }

  private void perform(
      Operation operation, Container container, Optional<Network> network, Change change)
      throws ApiException, IOException {
    List<Subject> subjects = new ArrayList<>(Steps.subjects(container));
    network.ifPresent(
        found -> subjects.add(new Subject("network/" + found.name(), new Digest(found.id()))));
    parts.operations().slowDown(operation);
    Appended appended;
    container.lock();
    try {
      Ticket ticket = parts.operations().begin(operation, subjects);
      try {
        change.make();
      } catch (ApiException | IOException | RuntimeException e) {
        Operations.awaitDurable(ticket.failed(String.valueOf(e.getMessage())));
        throw e;
      }
      appended =
          ticket.done(
              new Done<>(container, subjects, new Outcome.Done(), metering.take(container)));
      store.sync(container.id());
    } finally {
      container.unlock();
    }
    Operations.awaitDurable(appended);
  }
}
