package io.metanode.containers.engine;

import io.metanode.containers.cgroup.Cgroups;
import io.metanode.containers.cgroup.ContainerGroup;
import io.metanode.containers.image.Snapshot;
import io.metanode.containers.image.Snapshots;
import io.metanode.containers.network.Egress;
import io.metanode.containers.runtime.ProcessExit;
import io.metanode.foundation.Clock;
import io.metanode.receipts.Usage;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** Reads the kernel's counters into the meters of containers; with the container's lock held. */
final class Metering {

  private static final System.Logger LOG = System.getLogger(Metering.class.getName());

  private final Cgroups cgroups;
  private final Snapshots snapshots;
  private final Clock clock;
  private final LongSupplier position;

  /**
   * @param position where in the log the next receipt is at the earliest
   */
  Metering(Cgroups cgroups, Snapshots snapshots, Clock clock, LongSupplier position) {
    this.position = position;
    this.cgroups = cgroups;
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /** A run is about to begin: what is counted from here is found even if the engine dies. */
  Counts starting(Container container) {
    storage(container);
    container.meter().runStarted(clock.now(), 0);
    return container.meter().counts();
  }

  /** A run has begun. */
  void started(Container container) {
    startedAt(container, clock.now());
  }

  /** A run is found that had begun when the engine died, before that was recorded. */
  void found(Container container) {
    startedAt(container, container.meter().counts().memoryAt());
  }

  private void startedAt(Container container, Instant since) {
    long memory = metered(container).map(Cgroups.Metered::memoryBytes).orElse(0L);
    container.meter().runStarted(since, memory);
  }

  /** A run ended. Returns whether the memory limit killed a process of it. */
  boolean ended(Container container, ProcessExit exit) {
    Optional<Cgroups.Metered> reading = metered(container);
    reading.ifPresent(r -> container.meter().cpu(r.cpuNanos()));
    exit.egressBytes().ifPresent(container.meter()::egress);
    container.meter().runEnded(exit.finishedAt());
    storage(container);
    return reading.map(r -> r.outOfMemoryKills() > 0).orElse(false);
  }

  /** Reads CPU, memory and egress of a container that may be running. */
  void sample(Container container) {
    ActiveRun run = container.active();
    if (run == null || run.process().hasEnded()) {
      return;
    }
    Instant now = clock.now();
    metered(container)
        .ifPresent(
            reading -> {
              container.meter().cpu(reading.cpuNanos());
              container.meter().memory(now, reading.memoryBytes());
            });
    Egress egress = run.lease().egress();
    if (egress.counted()) {
      try {
        container.meter().egress(egress.read());
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "no egress of " + container.shortId(), e);
      }
    }
  }

  /** Reads what the container has written. */
  void storage(Container container) {
    try {
      Optional<Snapshot> snapshot = snapshots.open(container.id());
      if (snapshot.isPresent()) {
        container.meter().storage(clock.now(), snapshot.get().writtenBytes());
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot measure " + container.shortId(), e);
    }
  }

  /** Usage for a receipt that is about to be appended; the state keeps that it was taken. */
  Usage take(Container container) {
    sample(container);
    return take(container, UnaryOperator.identity());
  }

  /** Usage by what was read just now; one write of the state keeps that and the step. */
  Usage take(Container container, UnaryOperator<State> step) {
    Usage usage = due(container);
    container.changeRegardless(state -> step.apply(state).withMeter(container.meter().counts()));
    return usage;
  }

  /** Usage that is due as last read; the caller keeps in the state that it was taken. */
  Usage due(Container container) {
    return container.meter().take(position.getAsLong());
  }

  Optional<Cgroups.Reading> read(Container container) {
    return read(container, cgroups::read);
  }

  private Optional<Cgroups.Metered> metered(Container container) {
    return read(container, cgroups::metered);
  }

  /** Reads something of a container's groups. */
  private interface Look<T> {
    Optional<T> at(ContainerGroup group) throws IOException;
  }

  private static <T> Optional<T> read(Container container, Look<T> look) {
    try {
      return look.at(container.group());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot read cgroups of " + container.shortId(), e);
      return Optional.empty();
    }
  }

  /** Everything that is counted of a running container now; changes no meter. */
  Optional<LiveReading> live(Container container, ActiveRun run) throws IOException {
    Instant now = clock.now();
    Optional<Cgroups.Reading> reading = cgroups.read(container.group());
    if (reading.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new LiveReading(
            now,
            reading.get(),
            cgroups.memoryDetails(container.group()),
            cgroups.blockDevices(container.group()),
            cgroups.processorNanos(container.group()),
            LinkCounters.read(run.lease().record().endpoints())));
  }
}
