package io.metanode.node.process;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for what comes by itself, with the patience that a slow machine needs. */
public final class Eventually {

  private static final Duration PATIENCE =
      Duration.ofSeconds(Integer.getInteger("patience.seconds", 90));
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private Eventually() {}

  public static void holds(String what, Callable<Boolean> condition) throws Exception {
    equal(what, true, condition);
  }

  /**
   * Waits until a condition holds.
   *
   * @param stuck tells, when it never did, what everything is at
   */
  public static void holds(String what, Callable<String> stuck, Callable<Boolean> condition)
      throws Exception {
    try {
      holds(what, condition);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + stuck.call(), e);
    }
  }

  /**
   * Waits until an observation is as expected.
   *
   * @throws AssertionError with what was seen last
   */
  public static <T> void equal(String what, T expected, Callable<T> observation) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    @Nullable T seen = observation.call();
    while (!expected.equals(seen)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(what + ": expected " + expected + " but is " + seen);
      }
      LockSupport.parkNanos(STEP_NANOS);
      seen = observation.call();
    }
  }
}
