package io.metanode.simulation;

import io.metanode.foundation.SystemClock;
import io.metanode.ledger.ibft.QbftEngine;
import io.metanode.simulation.economy.EconomyCommand;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * {@code simulate --economy …} is {@link EconomyCommand}; {@code simulate [--core] [--seeds N]
 * [--first S] [--seed S]}: runs N seeds from S on, or one and says all about it: whole replicas, or
 * the consensus core alone. Exits with 1 at the first seed that fails; the same seed fails again in
 * the same way.
 */
public final class SimulateMain {

  private static final double NANOS = 1e9;

  private SimulateMain() {}

  /** What both kinds of runs have in common. */
  private record Outcome(
      Optional<String> violation,
      long heights,
      long transactions,
      long evidence,
      long steps,
      String trace,
      String all) {

    static Outcome replicas(long seed) {
      ReplicaRun run = ReplicaRun.of(seed, QbftEngine::create);
      return new Outcome(
          run.violation(),
          run.heights(),
          run.transactions(),
          run.convictions(),
          run.steps(),
          run.trace(),
          run.toString());
    }

    static Outcome core(long seed) {
      Run run = Run.of(seed, QbftEngine::create);
      return new Outcome(
          run.violation(),
          run.heights(),
          0,
          run.evidence(),
          run.steps(),
          run.trace(),
          run.toString());
    }
  }

  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out));
  }

  static int run(String[] arguments, PrintStream out) {
    if (arguments.length > 0 && arguments[0].equals("--economy")) {
      return EconomyCommand.run(List.of(arguments).subList(1, arguments.length), out);
    }
    long seeds = 1_000;
    long first = 1;
    LongFunction<Outcome> world = Outcome::replicas;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals("--core")) {
        world = Outcome::core;
        continue;
      }
      Optional<Long> value = number(arguments, i + 1);
      if (value.isEmpty()) {
        return usage(out);
      }
      switch (arguments[i++]) {
        case "--seeds" -> seeds = value.get();
        case "--first" -> first = value.get();
        case "--seed" -> {
          first = value.get();
          seeds = 1;
        }
        default -> {
          return usage(out);
        }
      }
    }
    return run(first, seeds, world, out);
  }

  private static Optional<Long> number(String[] arguments, int at) {
    try {
      return at < arguments.length ? Optional.of(Long.valueOf(arguments[at])) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static int usage(PrintStream out) {
    out.println(
        "usage: simulate [--core] [--seeds N] [--first S] | [--core] --seed S | --economy …");
    return 2;
  }

  private static int run(long first, long seeds, LongFunction<Outcome> world, PrintStream out) {
    long began = SystemClock.INSTANCE.monotonicNanos();
    long heights = 0;
    long transactions = 0;
    long evidence = 0;
    long steps = 0;
    for (long seed = first; seed < first + seeds; seed++) {
      Outcome run = world.apply(seed);
      heights += run.heights();
      transactions += run.transactions();
      evidence += run.evidence();
      steps += run.steps();
      if (run.violation().isPresent() || seeds == 1) {
        out.println("seed " + seed + " trace " + run.trace() + " " + run.all());
      }
      if (run.violation().isPresent()) {
        return 1;
      }
    }
    double seconds = (SystemClock.INSTANCE.monotonicNanos() - began) / NANOS;
    out.println(
        String.format(
            Locale.ROOT,
            "{\"seeds\":%d,\"failed\":0,\"seedsPerSecond\":%.1f,\"heights\":%d,"
                + "\"transactions\":%d,\"packets\":%d,\"evidence\":%d,\"seconds\":%.1f}",
            seeds,
            seeds / seconds,
            heights,
            transactions,
            steps,
            evidence,
            seconds));
    return 0;
  }
}
