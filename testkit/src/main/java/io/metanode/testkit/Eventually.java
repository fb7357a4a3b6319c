package io.metanode.testkit;

import io.metanode.foundation.SystemClock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what comes by itself, with the patience that a slow machine needs. */
public final class Eventually {

  private static final Duration PATIENCE =
      Duration.ofSeconds(Integer.getInteger("patience.seconds", 90));
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** What is looked at until it is as expected. */
  @FunctionalInterface
  public interface Observation<T, E extends Exception> {
    T see() throws E;
  }

  private Eventually() {}

  public static <E extends Exception> void holds(String what, Observation<Boolean, E> condition)
      throws E {
    equal(what, true, condition);
  }

  /**
   * Waits until a condition holds.
   *
   * @param stuck tells, when it never did, what everything is at
   */
  public static <E extends Exception> void holds(
      String what, Observation<String, E> stuck, Observation<Boolean, E> condition) throws E {
    try {
      holds(what, condition);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + stuck.see(), e);
    }
  }

  /**
   * Waits until an observation is as expected.
   *
   * @throws AssertionError with what was seen last
   */
  public static <T, E extends Exception> void equal(
      String what, T expected, Observation<T, E> observation) throws E {
    long deadline = SystemClock.INSTANCE.monotonicNanos() + PATIENCE.toNanos();
    T seen = observation.see();
    while (!expected.equals(seen)) {
      if (SystemClock.INSTANCE.monotonicNanos() > deadline) {
        throw new AssertionError(what + ": expected " + expected + " but is " + seen);
      }
      LockSupport.parkNanos(STEP_NANOS);
      seen = observation.see();
    }
  }
}
