package io.metanode.containers.engine;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Timers of the host: one thread waits, the tasks run elsewhere. */
final class ThreadTimers implements Timers, AutoCloseable {

  private final ScheduledThreadPoolExecutor waiting;
  private final Executor running;

  /**
   * @param running where tasks run
   */
  ThreadTimers(Executor running) {
    this.running = running;
    waiting =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("engine-timers").daemon().factory());
    waiting.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Cancellation after(Duration delay, Runnable task) {
    Future<?> future =
        waiting.schedule(() -> running.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void close() {
    waiting.shutdownNow();
  }
}
