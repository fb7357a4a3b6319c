package io.metanode.simulation;

import io.metanode.testkit.VirtualClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time: what is due happens in order of time, and of being asked for. */
final class Timeline {

  private record Task(long at, long number, Runnable action) {}

  private final VirtualClock clock = new VirtualClock();
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
  private long nowMillis;
  private long numbers;

  long nowMillis() {
    return nowMillis;
  }

  void after(long delayMillis, Runnable action) {
    tasks.add(new Task(nowMillis + delayMillis, numbers++, action));
  }

  /** Does what is due next; false if nothing ever is, or not before {@code limitMillis}. */
  boolean advance(long limitMillis) {
    Task task = tasks.poll();
    if (task == null || task.at() > limitMillis) {
      return false;
    }
    clock.advance(Duration.ofMillis(task.at() - nowMillis));
    nowMillis = task.at();
    task.action().run();
    return true;
  }
}
