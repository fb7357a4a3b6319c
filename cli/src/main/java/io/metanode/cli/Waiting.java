package io.metanode.cli;

import io.metanode.foundation.SystemClock;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something outside this process, and shows that it still waits. */
public final class Waiting {

  private static final Duration STEP = Duration.ofMillis(20);

  private Waiting() {}

  /**
   * @param what shown after a second and then every five, on standard error
   * @return false if the time ran out
   */
  public static boolean until(BooleanSupplier done, Duration atMost, String what) {
    PrintStream err = System.err;
    long begun = SystemClock.INSTANCE.monotonicNanos();
    long nextWord = Duration.ofSeconds(1).toNanos();
    while (!done.getAsBoolean()) {
      long waited = SystemClock.INSTANCE.monotonicNanos() - begun;
      if (waited > atMost.toNanos()) {
        return false;
      }
      if (waited > nextWord) {
        err.printf("  %s: %d s%n", what, Duration.ofNanos(waited).toSeconds());
        nextWord += Duration.ofSeconds(5).toNanos();
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
    return true;
  }
}
