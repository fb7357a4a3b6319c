package io.metanode.containers.engine;

import io.metanode.containers.cgroup.ContainerGroup;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.Lease;
import io.metanode.containers.operation.Operations.Ticket;
import io.metanode.containers.runtime.ProcessExit;
import io.metanode.containers.runtime.RunningProcess;
import io.metanode.foundation.Clock;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.ReceiptSink;
import io.metanode.receipts.ReceiptSink.Appended;
import io.metanode.receipts.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Takes up what an earlier engine left: reattaches to what runs, finishes what was half done, and
 * removes what belongs to no container. Each container found gets a receipt {@code
 * container.recover}, as the earlier engine may have ended between an operation and its receipt.
 *
 * <p>Nothing is started, ended or removed before all networks are adopted and the receipts of the
 * recovery are durable.
 */
final class Recovery {

  private static final System.Logger LOG = System.getLogger(Recovery.class.getName());
  private static final int UNKNOWN_EXIT = 255;

  private final EngineParts parts;
  private final Containers containers;
  private final ContainerStore store;
  private final Metering metering;
  private final Teardown teardown;
  private final Ending ending;
  private final Restarts restarts;
  private final Clock clock;
  private final ExecRecovery execs;
  private final HealthChecks health;
  private final List<Appended> receipts = new ArrayList<>();
  private final List<Runnable> afterwards = new ArrayList<>();
  private final List<ContainerGroup> groups = new ArrayList<>();
  private final Set<String> execDirectories = new HashSet<>();

  Recovery(
      EngineParts parts,
      Containers containers,
      ContainerStore store,
      Metering metering,
      Teardown teardown,
      Ending ending,
      Restarts restarts,
      ExecRecovery execs,
      HealthChecks health) {
    this.parts = parts;
    this.containers = containers;
    this.store = store;
    this.metering = metering;
    this.teardown = teardown;
    this.ending = ending;
    this.restarts = restarts;
    this.execs = execs;
    this.health = health;
    clock = parts.clock();
  }

  /**
   * @throws IOException if the data directory cannot be read or a receipt cannot be written
   */
  void run() throws IOException {
    ContainerStore.Loaded loaded = store.load();
    ReceiptSink.Durable log = parts.operations().durableReceipts();
    for (ContainerStore.Stored stored : loaded.containers()) {
      Container container = new Container(stored.definition(), stored.state(), store);
      settle(container, log);
      groups.add(container.group());
      recover(container);
    }
    for (String broken : loaded.broken()) {
      LOG.log(System.Logger.Level.INFO, "removing what a crash left of a creation: " + broken);
      store.delete(broken);
    }
    sweep();
    for (Appended receipt : receipts) {
      receipt.awaitDurable();
    }
    afterwards.forEach(Runnable::run);
  }

  /**
   * What is due again is kept at once: who looks for it later would look through all that follows.
   */
  private static void settle(Container container, ReceiptSink.Durable log) throws IOException {
    boolean missing =
        container
            .meter()
            .settle(
                taken ->
                    isThere(container, taken, log, step -> step.usage().equals(taken.usage())));
    if (missing) {
      container.changeRegardless(state -> state.withMeter(container.meter().counts()));
    }
  }

  /** Whether a receipt about the container is where one that took usage must be. */
  private static boolean isThere(
      Container container, Counts.Taken taken, ReceiptSink.Durable log, Predicate<Step> wanted)
      throws IOException {
    String subject = Steps.subjects(container).getFirst().name();
    for (long index = taken.position(); index < log.size(); index++) {
      Step step = log.step(index);
      if (!step.subjects().isEmpty()
          && step.subjects().getFirst().name().equals(subject)
          && wanted.test(step)) {
        return true;
      }
    }
    return false;
  }

  /** Does something with a container's lock held once everything is taken up. */
  private void afterwards(Container container, Runnable step) {
    afterwards.add(
        () -> {
          container.lock();
          try {
            step.run();
          } finally {
            container.unlock();
          }
        });
  }

  private void recover(Container container) throws IOException {
    container.lock();
    try {
      State state = container.state();
      if (state.status() == Status.REMOVING || state.status() == Status.DEAD) {
        finishRemoval(container);
        return;
      }
      if (!containers.tryReserveName(state.name(), container.id())) {
        container.change(s -> s.withName(container.shortId()));
        containers.tryReserveName(container.shortId(), container.id());
      }
      containers.add(container);
      if (!state.run().directory().isEmpty()) {
        recoverRun(container);
      } else if (state.status().alive()) {
        lost(container);
      } else {
        rest(container);
      }
      if (container.state().status() != Status.REMOVING) {
        execDirectories.addAll(execs.run(container));
      }
    } catch (ApiException e) {
      throw new IOException("cannot recover container " + container.shortId(), e);
    } finally {
      container.unlock();
    }
  }

  private void recoverRun(Container container) throws ApiException, IOException {
    Path directory = parts.runDirectory().resolve(container.state().run().directory());
    Optional<RunningProcess> found = parts.runner().reattach(directory);
    if (found.isEmpty()) {
      if (container.state().status() == Status.CREATED
          || container.state().status() == Status.EXITED) {
        container.change(s -> s.withLease(Optional.empty()).withRun(s.run().cleared()));
        rest(container);
      } else {
        lost(container);
      }
      return;
    }
    RunningProcess process = found.get();
    boolean ended = process.hasEnded();
    if (ended && receipted(container, "container.exit", process.exit().join())) {
      settled(container, process.exit().join());
      return;
    }
    boolean known = container.state().status().alive();
    Ticket exit = ending.reserve(container);
    ActiveRun run =
        new ActiveRun(
            container.state().run().directory(),
            process,
            adopt(container, process, ended),
            exit,
            CompletableFuture.completedFuture(null),
            new CompletableFuture<>());
    container.active(run);
    if (!ended) {
      freezeAsRecorded(container);
      limitAsRecorded(container);
    }
    if (!known) {
      container.change(
          s ->
              s.to(Status.RUNNING)
                  .withRun(s.run().started(run.directory(), process.pid(), clock.now())));
      metering.found(container);
    }
    report(container, new Outcome.Done());
    afterwards(
        container,
        () -> {
          health.begin(container, run);
          ending.watch(container, run);
        });
  }

  /** The earlier engine may have ended between a receipt and the state that says the same. */
  private boolean receipted(Container container, String operation, ProcessExit exit)
      throws IOException {
    String subject = Steps.subjects(container).getFirst().name();
    return parts
        .operations()
        .receiptedSince(
            exit.finishedAt(),
            step ->
                step.operation().equals(operation)
                    && step.subjects().getFirst().name().equals(subject));
  }

  /** The end of its run is receipted; what comes after that is still to be done. */
  private void settled(Container container, ProcessExit exit) throws ApiException, IOException {
    boolean outOfMemory = metering.ended(container, exit);
    Status next = ending.next(container, exit);
    boolean removed = next == Status.REMOVING && receipted(container, "container.remove", exit);
    Status found = next == Status.REMOVING && !removed ? Status.EXITED : next;
    container.change(
        s ->
            (s.status().alive() ? s : s.to(Status.RUNNING))
                .to(found)
                .withLease(Optional.empty())
                .withRun(s.run().ended(exit.exitCode(), outOfMemory, exit.finishedAt()).cleared()));
    if (removed) {
      containers.remove(container);
      afterwards(container, () -> teardown.removeLater(container, null, true));
    } else {
      rest(container);
    }
  }

  /** The engine may have been killed between keeping new limits and setting them. */
  private void limitAsRecorded(Container container) {
    if (!store.updated(container.id())) {
      return;
    }
    try {
      parts
          .cgroups()
          .limit(container.group(), parts.bundles().limits(container.definition().hostConfig()));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot limit " + container.shortId() + " again", e);
    }
  }

  /** A crash between freezing and its record leaves a pause or its end half done. */
  private void freezeAsRecorded(Container container) {
    try {
      if (container.state().status() == Status.PAUSED) {
        parts.cgroups().freeze(container.group());
      } else {
        parts.cgroups().thaw(container.group());
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "freezer of " + container.shortId(), e);
    }
  }

  private Lease adopt(Container container, RunningProcess process, boolean ended)
      throws ApiException, IOException {
    var recorded = container.state().lease();
    if (recorded.isEmpty() || ended) {
      return new NoLease(recorded);
    }
    Lease lease = parts.networks().adopt(container.id(), process.pid(), recorded.get());
    // What the shim adds up may be ahead of the record by a change that came to nothing.
    process.countEgress(lease.egress().goneBytes(), lease.egress().counters());
    return lease;
  }

  /** It ran, and nothing is left of it: the machine was restarted. */
  private void lost(Container container) throws ApiException, IOException {
    container.meter().runEnded(container.meter().counts().memoryAt());
    container.change(
        s ->
            s.to(Status.EXITED)
                .withLease(Optional.empty())
                .withRun(s.run().ended(UNKNOWN_EXIT, false, clock.now()).cleared()));
    rest(container);
  }

  /** It does not run; it may have to run again, or to go. */
  private void rest(Container container) throws ApiException, IOException {
    State state = container.state();
    boolean hasRun = !state.run().startedAt().equals(Run.NEVER);
    if (container.definition().hostConfig().autoRemove() && hasRun) {
      containers.remove(container);
      container.change(s -> s.to(Status.REMOVING));
      finishRemoval(container);
      return;
    }
    report(
        container,
        hasRun
            ? new Outcome.Exited(state.run().exitCode(), state.run().outOfMemory())
            : new Outcome.Done());
    boolean again =
        state.status() == Status.RESTARTING
            || (hasRun && state.restartPolicy().survivesEngine(state.stoppedByHand()));
    if (again) {
      container.changeRegardless(s -> resting(s));
      afterwards(container, () -> restarts.resume(container));
    } else {
      afterwards(container, () -> teardown.unmountLater(container));
    }
  }

  private static State resting(State state) {
    return new State(
        state.name(),
        Status.RESTARTING,
        state.run(),
        state.lease(),
        state.networks(),
        state.links(),
        state.stoppedByHand(),
        state.restarts(),
        state.restartPolicy(),
        state.meter(),
        state.volumesGo());
  }

  private void finishRemoval(Container container) throws ApiException, IOException {
    if (!removalReceipted(container)) {
      Ticket ticket =
          parts
              .operations()
              .observe(
                  Steps.of(Steps.ENGINE, "container.remove", container, Steps.arguments()),
                  Steps.subjects(container));
      receipts.add(ticket.done(Steps.done(container, metering.take(container))));
    }
    boolean volumes =
        container.definition().hostConfig().autoRemove() || container.state().volumesGo();
    afterwards(container, () -> teardown.removeLater(container, null, volumes));
  }

  /** Whether the earlier engine ended after the receipt; usage was taken for that just before. */
  private boolean removalReceipted(Container container) throws IOException {
    List<Counts.Taken> taken = container.state().meter().taken();
    if (taken.isEmpty()) {
      return false;
    }
    return isThere(
        container,
        taken.getLast(),
        parts.operations().durableReceipts(),
        step ->
            step.operation().equals("container.remove") && step.outcome() instanceof Outcome.Done);
  }

  private void report(Container container, Outcome outcome) throws ApiException {
    Ticket ticket =
        parts
            .operations()
            .observe(
                Steps.of(Steps.ENGINE, "container.recover", container, Steps.arguments()),
                Steps.subjects(container));
    receipts.add(ticket.done(Steps.ended(container, outcome, metering.take(container))));
  }

  /** Removes what belongs to no container, or to a run that is over. */
  private void sweep() throws IOException {
    Set<String> known = containers.ids();
    Set<String> running = new HashSet<>();
    Set<ContainerGroup> used = new HashSet<>();
    Set<String> runs = new HashSet<>();
    for (Container container : containers.all()) {
      ActiveRun run = container.active();
      if (run != null) {
        running.add(container.id());
        used.add(container.group());
        runs.add(run.directory());
      }
    }
    parts.cgroups().removeOwnExcept(used);
    for (ContainerGroup group : groups) {
      if (group.parent().isPresent() && !used.contains(group)) {
        parts.cgroups().remove(group);
      }
    }
    parts.networks().removeAllExcept(running);
    Set<String> snapshots = new HashSet<>(known);
    containers.all().forEach(one -> snapshots.addAll(ImageMounts.snapshots(one.definition())));
    parts.snapshots().removeAllExcept(snapshots);
    try (var directories = Files.newDirectoryStream(parts.runDirectory())) {
      for (Path directory : directories) {
        String name = directory.getFileName().toString();
        if (!runs.contains(name) && !execDirectories.contains(name)) {
          discard(directory);
        }
      }
    }
  }

  /** Lets go of a run that belongs to no container; what still ran of it was killed before. */
  private void discard(Path directory) throws IOException {
    Optional<RunningProcess> left = parts.runner().reattach(directory);
    if (left.isPresent()) {
      RunningProcess process = left.get();
      if (!process.hasEnded()) {
        process.signal(Signals.KILL);
      }
      process.exit().thenRun(() -> Pump.close(process::release)).join();
    }
    ContainerStore.deleteTree(directory);
  }
}
