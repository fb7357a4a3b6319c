package io.metanode.cli.quickstart;

import io.metanode.foundation.SystemClock;
import java.io.PrintStream;
import java.time.Duration;

/** Numbers the steps of a longer piece of work and says how long each took. */
final class Stage {

  private final PrintStream out;
  private final int total;
  private int number;
  private long begun;

  Stage(PrintStream out, int total) {
    this.out = out;
    this.total = total;
  }

  void begin(String what) {
    number++;
    begun = SystemClock.INSTANCE.monotonicNanos();
    out.printf("%n[%d/%d] %s%n", number, total, what);
  }

  void show(String text) {
    text.strip().lines().forEach(line -> out.println("      " + line));
  }

  void end(String result) {
    long took = SystemClock.INSTANCE.monotonicNanos() - begun;
    out.printf("      ✓ %s (%.2f s)%n", result, Duration.ofNanos(took).toMillis() / 1000.0);
  }
}
