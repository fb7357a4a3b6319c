package io.metanode.simulation;

import io.metanode.foundation.SystemClock;
import io.metanode.ledger.ibft.QbftEngine;
import java.io.PrintStream;
import java.util.Locale;

/**
 * {@code simulate [--seeds N] [--first S] [--seed S]}: runs N seeds from S on, or one and says all
 * about it. Exits with 1 at the first seed that fails; the same seed fails again in the same way.
 */
public final class SimulateMain {

  private static final double NANOS = 1e9;

  private SimulateMain() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out));
  }

  static int run(String[] arguments, PrintStream out) {
    long seeds = 1_000;
    long first = 1;
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      long value = Long.parseLong(arguments[i + 1]);
      switch (arguments[i]) {
        case "--seeds" -> seeds = value;
        case "--first" -> first = value;
        case "--seed" -> {
          first = value;
          seeds = 1;
        }
        default -> {
          out.println("usage: simulate [--seeds N] [--first S] | [--seed S]");
          return 2;
        }
      }
    }
    return run(first, seeds, out);
  }

  private static int run(long first, long seeds, PrintStream out) {
    long began = SystemClock.INSTANCE.monotonicNanos();
    long heights = 0;
    long evidence = 0;
    long steps = 0;
    for (long seed = first; seed < first + seeds; seed++) {
      Run run = Run.of(seed, QbftEngine::create);
      heights += run.heights();
      evidence += run.evidence();
      steps += run.steps();
      if (run.violation().isPresent() || seeds == 1) {
        out.println("seed " + seed + " trace " + run.trace() + " " + run);
      }
      if (run.violation().isPresent()) {
        return 1;
      }
    }
    double seconds = (SystemClock.INSTANCE.monotonicNanos() - began) / NANOS;
    out.println(
        String.format(
            Locale.ROOT,
            "{\"seeds\":%d,\"failed\":0,\"seedsPerSecond\":%.1f,\"heights\":%d,\"packets\":%d,"
                + "\"evidence\":%d,\"seconds\":%.1f}",
            seeds,
            seeds / seconds,
            heights,
            steps,
            evidence,
            seconds));
    return 0;
  }
}
