package io.metanode.ledger.service;

import io.metanode.ledger.replica.ReplicaEffect.StartTimer;
import io.metanode.ledger.replica.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The timers of a replica. Started by one thread. */
final class Timers implements AutoCloseable {

  private final Map<Timer.Kind, Future<?>> running = new EnumMap<>(Timer.Kind.class);
  private final ScheduledExecutorService threads =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("ledger-timers").factory());

  /** Starts a timer in place of the one of its kind before. */
  void start(StartTimer start, Consumer<Timer> expired) {
    Future<?> next =
        threads.schedule(
            () -> expired.accept(start.timer()), start.delayMillis(), TimeUnit.MILLISECONDS);
    Future<?> before = running.put(start.timer().kind(), next);
    if (before != null) {
      before.cancel(false);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
