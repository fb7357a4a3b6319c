package io.metanode.containers.engine;

import static java.util.concurrent.CompletableFuture.delayedExecutor;

import io.metanode.containers.cgroup.Cgroups;
import io.metanode.containers.event.EventBus;
import io.metanode.containers.files.ReadyDirectories;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.Images;
import io.metanode.containers.image.Snapshot;
import io.metanode.containers.image.Snapshots;
import io.metanode.containers.network.Networks;
import io.metanode.containers.network.Networks.Network;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.runtime.ProcessRunner;
import io.metanode.containers.runtime.ProcessStreams;
import io.metanode.containers.runtime.StreamSelection;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Digest;
import io.metanode.foundation.Randomness;
import io.metanode.receipts.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** The container engine: every operation on containers, under policy and receipt. */
public final class Engine implements AutoCloseable {

  private static final int BACKGROUND_THREADS = 2;

  /** How long an answer has to reach its client before what follows it begins. */
  private static final int ANSWER_MILLIS = 20;

  private final Containers containers;
  private final EngineParts parts;
  private final ContainerStore store;
  private final ContainerEvents events;
  private final Metering metering;
  private final Restarts restarts;
  private final LastingReceipts receipts;
  private final Creation creation;
  private final Starting starting;
  private final Stopping stopping;
  private final Connecting connecting;
  private final Linking linking;
  private final Removing removing;
  private final Updating updating;
  private final Attaching attaching;
  private final Committing committing;
  private final Execs execs;
  private final Recovery recovery;
  private final Sampler sampler;
  private final HealthChecks health;
  private final List<AutoCloseable> owned;

  /**
   * @param threads where ends of processes are dealt with
   * @param owned closed with the engine
   */
  Engine(EngineParts parts, Containers containers, Executor threads, List<AutoCloseable> owned)
      throws IOException {
    this.containers = containers;
    this.parts = parts;
    this.owned = List.copyOf(owned);
    store = new ContainerStore(parts.home(), parts.spareTime());
    events = new ContainerEvents(parts.events(), parts.clock());
    metering =
        new Metering(
            parts.cgroups(), parts.snapshots(), parts.clock(), parts.operations()::nextReceipt);
    restarts = new Restarts(parts.timers());
    Names names = new Names(parts.randomness());
    receipts = new LastingReceipts(parts.timers());
    ExecEnds execEnds = new ExecEnds(parts, events, metering, receipts, threads);
    execs = new Execs(parts, store, names, execEnds);
    Teardown teardown = new Teardown(parts, store, execs::forget);
    Ending ending =
        new Ending(parts, containers, events, metering, teardown, restarts, receipts, threads);
    health = new HealthChecks(execs, events, parts.timers(), parts.clock());
    linking = new Linking(parts, containers, store, metering);
    starting =
        new Starting(parts, containers, store, events, metering, teardown, ending, health, linking);
    restarts.startWith(starting::restart);
    connecting = new Connecting(parts, store, metering);
    stopping = new Stopping(parts, events, metering, starting);
    removing =
        new Removing(
            parts.operations(), containers, store, events, metering, teardown, stopping, restarts);
    updating = new Updating(parts, store, events, metering);
    creation = new Creation(parts, containers, store, events, metering, teardown, names);
    attaching = new Attaching(parts.operations(), events);
    committing = new Committing(parts, stopping, events);
    recovery =
        new Recovery(
            parts,
            containers,
            store,
            metering,
            teardown,
            ending,
            restarts,
            new ExecRecovery(parts, store, execs, execEnds),
            health);
    HourlyReceipts hourly =
        new HourlyReceipts(parts.operations(), containers, metering, parts.clock());
    sampler = new Sampler(containers, metering, hourly, parts.timers());
  }

  /** The host's engine, on threads of its own; {@link #recover} is still to be called. */
  public static Engine open(
      Containers containers,
      Path home,
      Path runDirectory,
      Images images,
      Snapshots snapshots,
      Networks networks,
      ProcessRunner runner,
      Cgroups cgroups,
      Bundles bundles,
      MountSources mountSources,
      Operations operations,
      EventBus events,
      Clock clock,
      Randomness randomness)
      throws IOException {
    // System calls pin virtual threads: slow ones run on platform threads.
    ExecutorService background =
        Executors.newFixedThreadPool(
            BACKGROUND_THREADS,
            Thread.ofPlatform().name("engine-background-", 0).daemon().factory());
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    ThreadTimers timers = new ThreadTimers(threads);
    EngineParts parts =
        new EngineParts(
            home,
            runDirectory,
            images,
            snapshots,
            networks,
            runner,
            cgroups,
            bundles,
            mountSources,
            operations,
            events,
            clock,
            randomness,
            timers,
            background,
            delayedExecutor(ANSWER_MILLIS, TimeUnit.MILLISECONDS, background),
            ReadyDirectories.later(background));
    return new Engine(parts, containers, threads, List.of(timers, threads, background));
  }

  /** Takes up what an earlier engine left, and begins to meter. Called once, before serving. */
  public void recover() throws IOException {
    recovery.run();
    sampler.start();
  }

  public Containers containers() {
    return containers;
  }

  public Execs execs() {
    return execs;
  }

  /** A container made, and what the client should know. */
  public record Created(String id, List<String> warnings) {}

  /** See {@link Creation#create}. */
  public Created create(Actor actor, Optional<String> name, JsonNode body)
      throws ApiException, IOException {
    Creation.Created created = creation.create(actor, name, body);
    return new Created(created.container().id(), created.warnings());
  }

  /** See {@link Starting#start}. */
  public boolean start(Actor actor, Container container) throws ApiException, IOException {
    return starting.start(actor, container);
  }

  /** See {@link Stopping#stop}. */
  public boolean stop(
      Actor actor, Container container, Optional<String> signal, OptionalLong timeoutSeconds)
      throws ApiException, IOException {
    return stopping.stop(actor, container, new Stopping.Manner(signal, timeoutSeconds));
  }

  /** See {@link Stopping#restart}. */
  public void restart(
      Actor actor, Container container, Optional<String> signal, OptionalLong timeoutSeconds)
      throws ApiException, IOException {
    stopping.restart(actor, container, new Stopping.Manner(signal, timeoutSeconds));
  }

  /** See {@link Stopping#kill}. */
  public void kill(Actor actor, Container container, String signal)
      throws ApiException, IOException {
    stopping.kill(actor, container, signal);
  }

  /** See {@link Linking#unlink}. */
  public void unlink(Actor actor, String name) throws ApiException, IOException {
    linking.unlink(actor, name);
  }

  public void pause(Actor actor, Container container) throws ApiException, IOException {
    stopping.pause(actor, container);
  }

  public void unpause(Actor actor, Container container) throws ApiException, IOException {
    stopping.unpause(actor, container);
  }

  /** See {@link Removing#remove}. */
  public void remove(Actor actor, Container container, boolean force, boolean volumes)
      throws ApiException, IOException {
    removing.remove(actor, container, force, volumes);
  }

  /** See {@link Removing#rename}. */
  public void rename(Actor actor, Container container, String name)
      throws ApiException, IOException {
    removing.rename(actor, container, name);
  }

  /** See {@link Connecting#connect}. */
  public void connect(Actor actor, Container container, Network network, JsonNode settings)
      throws ApiException, IOException {
    connecting.connect(actor, container, network, settings);
  }

  /** See {@link Connecting#disconnect}. */
  public void disconnect(Actor actor, Container container, String network)
      throws ApiException, IOException {
    connecting.disconnect(actor, container, network);
  }

  /** See {@link Updating#update}. */
  public List<String> update(Actor actor, Container container, JsonNode body)
      throws ApiException, IOException {
    return updating.update(actor, container, body);
  }

  /** See {@link Attaching#attach}. */
  public void attach(
      Actor actor,
      Container container,
      StreamSelection selection,
      Optional<Backlog> backlog,
      boolean stream,
      DetachKeys detachKeys,
      Takeover takeover)
      throws ApiException, IOException {
    attaching.attach(
        actor, container, new Attaching.Wish(selection, backlog, stream, detachKeys), takeover);
  }

  /** See {@link Committing#commit}. */
  public Digest commit(
      Actor actor,
      Container container,
      boolean pause,
      Optional<String> name,
      JsonNode arguments,
      ImageMaking making)
      throws ApiException, IOException {
    return committing.commit(actor, container, pause, name, arguments, making);
  }

  /**
   * The output of a container's next run, framed as the API does; completes when it is started,
   * exceptionally if it will not be. What is read waits until the receipt of the start is durable.
   */
  public CompletableFuture<ProcessStreams> watch(Container container) {
    CompletableFuture<PendingAttachment.Connection> connected = new CompletableFuture<>();
    container.lock();
    try {
      container
          .attachments()
          .add(new PendingAttachment(new StreamSelection(false, true, true), connected));
    } finally {
      container.unlock();
    }
    return connected.thenCompose(
        connection -> connection.durable().thenApply(_ -> connection.streams()));
  }

  /** Waits until what the last run of a container held, its mount above all, is given back. */
  public void awaitTeardown(Container container) {
    CompletableFuture<Void> ongoing;
    container.lock();
    try {
      ongoing = container.teardown();
    } finally {
      container.unlock();
    }
    ongoing.join();
  }

  /** Sets the size of a container's terminal. */
  public void resize(Container container, int rows, int columns) throws ApiException, IOException {
    Stopping.running(container, "cannot resize a stopped container: ")
        .process()
        .resize(rows, columns);
    events.publish(
        container,
        "resize",
        java.util.Map.of("height", Integer.toString(rows), "width", Integer.toString(columns)));
  }

  /** The end of a wait: for the container's next end, or for its removal. */
  public ContainerWait await(Container container, boolean removal) {
    Waits.Wait wait =
        container.waits().add(removal ? Waits.Condition.REMOVED : Waits.Condition.NEXT_EXIT);
    return new ContainerWait(container.waits(), wait);
  }

  /** Whether a container does not run, and everyone may know: the receipts of that are durable. */
  public boolean settled(Container container) {
    return container.active() == null && !container.state().status().alive();
  }

  /** Completes when the container's run has ended and its output is in the log. */
  public CompletableFuture<?> ended(Container container) {
    ActiveRun run = container.active();
    return run == null ? CompletableFuture.completedFuture(null) : run.process().exit();
  }

  /** Counters of a running container; empty if it does not run. */
  public Optional<Cgroups.Reading> reading(Container container) {
    return container.active() == null ? Optional.empty() : metering.read(container);
  }

  /** As {@link #reading}, with all that {@code docker stats} shows. */
  public Optional<LiveReading> live(Container container) throws IOException {
    ActiveRun run = container.active();
    return run == null || run.process().hasEnded()
        ? Optional.empty()
        : metering.live(container, run);
  }

  /** The pids of a container's processes on the host. */
  public List<Integer> processes(Container container) throws ApiException, IOException {
    Stopping.running(container, "");
    return parts.cgroups().processes(container.group());
  }

  /** A container's file system. */
  public Snapshot snapshot(Container container) throws ApiException, IOException {
    return parts
        .snapshots()
        .open(container.id())
        .orElseThrow(() -> ApiException.notFound("No such container: " + container.id()));
  }

  /** What copies files in and out. */
  public Copying copying(ContainerFiles files) {
    return new Copying(
        parts.operations(),
        events,
        store,
        parts.snapshots(),
        files,
        new ImageMounts(parts.images(), parts.snapshots(), parts.operations()));
  }

  /** A client read the container's whole file system. */
  public void exported(Container container) {
    events.publish(container, "export");
  }

  /** A container's directory, with its log and name files. */
  public Path directory(Container container) {
    return store.directory(container.id());
  }

  /**
   * Stops metering and restarting, and waits for nothing else: containers run on, and the next
   * engine takes them up.
   */
  @Override
  public void close() {
    restarts.stop();
    receipts.stop();
    health.stop();
    sampler.stop();
    store.close();
    for (AutoCloseable part : owned) {
      if (part instanceof ExecutorService executor) {
        executor.shutdownNow();
      } else {
        Pump.close(part);
      }
    }
  }
}
