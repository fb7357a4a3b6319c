package io.metanode.containers.engine;

import io.metanode.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Timers over virtual time; tasks run on the thread that advances it, in the order of their times.
 */
final class VirtualTimers implements Timers {

  private record Task(Instant due, int order, Runnable work) {}

  private final VirtualClock clock;
  private final List<Task> tasks = new ArrayList<>();
  private int planned;

  VirtualTimers(VirtualClock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Cancellation after(Duration delay, Runnable work) {
    Task task = new Task(clock.now().plus(delay), planned++, work);
    tasks.add(task);
    return () -> cancel(task);
  }

  private synchronized void cancel(Task task) {
    tasks.remove(task);
  }

  /** Moves time forward, running what becomes due on the way. */
  void advance(Duration by) {
    Instant end = clock.now().plus(by);
    for (Optional<Task> next = next(end); next.isPresent(); next = next(end)) {
      Duration wait = Duration.between(clock.now(), next.get().due());
      clock.advance(wait.isNegative() ? Duration.ZERO : wait);
      next.get().work().run();
    }
    clock.advance(Duration.between(clock.now(), end));
  }

  private synchronized Optional<Task> next(Instant end) {
    Optional<Task> next =
        tasks.stream()
            .filter(task -> !task.due().isAfter(end))
            .min(Comparator.comparing(Task::due).thenComparingInt(Task::order));
    next.ifPresent(tasks::remove);
    return next;
  }
}
