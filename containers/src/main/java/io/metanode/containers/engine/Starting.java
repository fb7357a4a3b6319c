package io.metanode.containers.engine;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.Snapshot;
import io.metanode.containers.network.Lease;
import io.metanode.containers.operation.Operation;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.operation.Operations.Ticket;
import io.metanode.containers.runtime.ContainerLaunch;
import io.metanode.containers.runtime.PendingProcess;
import io.metanode.containers.runtime.RunningProcess;
import io.metanode.containers.runtime.StartException;
import io.metanode.receipts.Actor;
import io.metanode.receipts.ReceiptSink.Appended;
import io.metanode.receipts.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Starts containers. */
final class Starting {

  private static final long PATIENCE_SECONDS = 60;

  private final EngineParts parts;
  private final Containers containers;
  private final ContainerStore store;
  private final ContainerEvents events;
  private final Metering metering;
  private final Teardown teardown;
  private final Ending ending;
  private final HealthChecks health;
  private final Linking linking;
  private final Ports ports;
  private final ImageMounts imageMounts;

  Starting(
      EngineParts parts,
      Containers containers,
      ContainerStore store,
      ContainerEvents events,
      Metering metering,
      Teardown teardown,
      Ending ending,
      HealthChecks health,
      Linking linking) {
    this.parts = parts;
    this.containers = containers;
    this.store = store;
    this.events = events;
    this.metering = metering;
    this.teardown = teardown;
    this.ending = ending;
    this.health = health;
    this.linking = linking;
    ports = new Ports();
    imageMounts = new ImageMounts(parts.images(), parts.snapshots(), parts.operations());
  }

  /**
   * Starts a container for a client; returns once its receipt is durable.
   *
   * @return false if it was running already
   * @throws ApiException in Docker's words if it cannot be started
   */
  boolean start(Actor actor, Container container) throws ApiException, IOException {
    ActiveRun run = null;
    Appended appended;
    parts.operations().slowDown(operation(actor, container));
    awaitEndOfLast(container);
    container.lock();
    try {
      Status status = container.state().status();
      if (status == Status.RUNNING || status == Status.RESTARTING) {
        Ticket ticket = begin(actor, container);
        appended = ticket.done(Steps.done(container, metering.take(container)));
      } else {
        checkStartable(container);
        container.change(state -> state.withStoppedByHand(false).withRestarts(0));
        Ticket ticket = begin(actor, container);
        run = launch(container, ticket);
        appended = finish(container, ticket, run);
      }
    } finally {
      container.unlock();
    }
    if (run == null) {
      Operations.awaitDurable(appended);
    } else {
      linking.renew(container);
      awaitDurable(run, appended);
    }
    return run != null;
  }

  /** Starts a container because its restart policy says so. With its lock held. */
  void restart(Container container) throws ApiException, IOException {
    linking.awaitTargets(container);
    Ticket ticket = begin(Steps.ENGINE, container);
    ActiveRun run = launch(container, ticket);
    Appended appended = finish(container, ticket, run);
    parts
        .background()
        .execute(
            () -> {
              linking.renew(container);
              try {
                awaitDurable(run, appended);
              } catch (ApiException e) {
                System.getLogger(Starting.class.getName())
                    .log(System.Logger.Level.ERROR, "restart of " + container.shortId(), e);
              }
            });
  }

  private Ticket begin(Actor actor, Container container) throws ApiException {
    return parts.operations().begin(operation(actor, container), Steps.subjects(container));
  }

  private static Operation operation(Actor actor, Container container) {
    return Steps.of(actor, "container.start", container, Steps.arguments());
  }

  private static void awaitDurable(ActiveRun run, Appended appended) throws ApiException {
    try {
      Operations.awaitDurable(appended);
      run.durable().complete(null);
    } catch (ApiException e) {
      run.durable().completeExceptionally(e);
      throw e;
    }
  }

  private static void checkStartable(Container container) throws ApiException {
    switch (container.state().status()) {
      case PAUSED ->
          throw ApiException.conflict("cannot start a paused container, try unpause instead");
      case REMOVING, DEAD ->
          throw ApiException.conflict("container is marked for removal and cannot be started");
      case CREATED, RUNNING, RESTARTING, EXITED -> {}
    }
  }

  static void cancelRestart(Container container) {
    Timers.Cancellation pending = container.restart();
    if (pending != null) {
      pending.cancel();
      container.restart(null);
    }
  }

  /** A run that has ended is over for clients once the receipt of that is durable. */
  private static void awaitEndOfLast(Container container) throws ApiException {
    ActiveRun run = container.active();
    if (run != null && run.process().hasEnded()) {
      await(run.settled(), "the receipt of its last end is not durable yet");
    }
  }

  private static void await(CompletableFuture<Void> condition, String otherwise)
      throws ApiException {
    try {
      condition.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.internal("the engine closes");
    } catch (ExecutionException | TimeoutException e) {
      throw ApiException.internal("cannot start the container: " + otherwise);
    }
  }

  private ActiveRun launch(Container container, Ticket ticket) throws ApiException, IOException {
    Ticket exit = null;
    Lease lease = null;
    Snapshot snapshot = null;
    try {
      await(container.teardown(), "what its last run held is not given back yet");
      exit = ending.reserve(container);
      lease = connect(container);
      snapshot =
          parts
              .snapshots()
              .open(container.id())
              .orElseThrow(() -> ApiException.internal("the file system of the container is gone"));
      Path root = snapshot.mount(container.definition().isPassing());
      imageMounts.mount(container);
      Path directory = store.directory(container.id());
      Path bundle = parts.bundles().write(container, directory, root, lease);
      return run(container, bundle, lease, exit);
    } catch (StartException e) {
      undo(container, ticket, exit, lease, snapshot, e.exitCode(), messageOf(e));
      throw ApiException.badRequest(messageOf(e));
    } catch (ApiException | IOException | RuntimeException e) {
      undo(container, ticket, exit, lease, snapshot, 128, messageOf(e));
      throw e;
    }
  }

  private static String messageOf(Exception e) {
    return String.valueOf(e.getMessage());
  }

  private Lease connect(Container container) throws ApiException, IOException {
    Optional<String> other = container.definition().hostConfig().networkContainer();
    if (other.isPresent()) {
      return parts.networks().share(networked(container, other.get()).state().run().pid());
    }
    return parts
        .networks()
        .connect(container.id(), container.networks(), ports.requested(container.definition()));
  }

  /** The container in whose network another starts; a missing one is no mistake of this request. */
  private Container networked(Container container, String reference) throws ApiException {
    Container other =
        containers
            .find(reference)
            .orElseThrow(
                () ->
                    ApiException.internal(
                        "joining network namespace of container: No such container: " + reference));
    if (other.equals(container)) {
      throw ApiException.internal("cannot join own network namespace");
    }
    Status status = other.state().status();
    if (other.active() == null || !status.alive()) {
      throw ApiException.conflict(
          "cannot join network namespace of a non running container: container "
              + other.state().name()
              + " is "
              + status.word());
    }
    return other;
  }

  private ActiveRun run(Container container, Path bundle, Lease lease, Ticket exit)
      throws StartException, IOException {
    String name = container.shortId() + "-" + Long.toString(parts.clock().now().toEpochMilli(), 36);
    Path stateDirectory = Files.createDirectories(parts.runDirectory().resolve(name));
    Definition definition = container.definition();
    ContainerLaunch launch =
        new ContainerLaunch(
            container.id(),
            stateDirectory,
            bundle,
            definition.config().terminal(),
            definition.config().openStdin(),
            definition.config().stdinOnce(),
            LogSettings.of(definition.hostConfig())
                .map(settings -> settings.file(store.directory(container.id()))),
            lease.namespaceDescriptor(),
            lease.egress().counters());
    CompletableFuture<Void> durable = new CompletableFuture<>();
    PendingProcess pending = parts.runner().container(launch);
    RunningProcess process;
    try {
      connectWaiting(container, pending, durable);
      TerminalSize.of(definition.hostConfig().consoleSize())
          .filter(_ -> definition.config().terminal())
          .ifPresent(size -> pending.resize(size.rows(), size.columns()));
      Counts counts = metering.starting(container);
      // A crash between the start and the next save is found by this name.
      container.change(
          state ->
              state
                  .withLease(Optional.of(lease.record()))
                  .withRun(state.run().starting(name))
                  .withMeter(counts));
      process = pending.start();
    } catch (StartException | IOException | RuntimeException e) {
      pending.close();
      throw e;
    }
    return new ActiveRun(name, process, lease, exit, durable, new CompletableFuture<>());
  }

  private static void connectWaiting(
      Container container, PendingProcess pending, CompletableFuture<Void> durable)
      throws IOException {
    List<PendingAttachment> waiting = new ArrayList<>(container.attachments());
    container.attachments().clear();
    for (PendingAttachment attachment : waiting) {
      attachment
          .connected()
          .complete(
              new PendingAttachment.Connection(pending.attach(attachment.selection()), durable));
    }
  }

  /** Records a run that has begun. With the container's lock held. */
  private Appended finish(Container container, Ticket ticket, ActiveRun run) {
    container.active(run);
    metering.started(container);
    Usage usage =
        metering.take(
            container,
            state ->
                state
                    .to(Status.RUNNING)
                    .withRun(
                        state
                            .run()
                            .started(run.directory(), run.process().pid(), parts.clock().now())));
    Appended appended = ticket.done(Steps.done(container, usage));
    events.started(container);
    health.begin(container, run);
    ending.watch(container, run);
    return appended;
  }

  private void undo(
      Container container,
      Ticket ticket,
      @Nullable Ticket exit,
      @Nullable Lease lease,
      @Nullable Snapshot snapshot,
      int exitCode,
      String error)
      throws ApiException {
    container
        .attachments()
        .forEach(waiting -> waiting.connected().completeExceptionally(new CancellationException()));
    container.attachments().clear();
    if (exit != null) {
      exit.abandon();
    }
    if (lease != null) {
      lease.release();
    }
    if (snapshot != null) {
      teardown.unmountLater(container);
    }
    container.changeRegardless(
        state ->
            (state.status() == Status.CREATED ? state : state.to(Status.EXITED))
                .withLease(Optional.empty())
                .withRun(state.run().failed(exitCode, error)));
    Operations.awaitDurable(ticket.failed(error));
    for (Appended removal : ending.notStarted(container, exitCode)) {
      Operations.awaitDurable(removal);
    }
  }
}
