package io.metanode.simulation;

import io.metanode.foundation.Clock;
import io.metanode.foundation.SystemClock;
import io.metanode.ledger.ibft.StateSearchMain;
import io.metanode.simulation.economy.EconomyCommand;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * {@code simulate [--core] [--seeds N] [--first S] [--seed S] [--threads T]}: runs N seeds from S
 * on, or one and says all about it: whole replicas, or the consensus core alone. {@code simulate
 * --nightly} runs 10,000 seeds of both that no night before had, or N, and in a whole night the
 * search of states. Exits with 1 when a seed fails; the same seed fails again in the same way.
 * {@code simulate --states} is {@link StateSearchMain}, {@code simulate --economy} is {@link
 * EconomyCommand}.
 */
public final class SimulateMain {

  private static final long NIGHTLY = 10_000;

  /** The seeds of one day, of which no other day has any. */
  private static final long PER_DAY = 1_000_000;

  private static final long DAY_MILLIS = 86_400_000;
  private static final String USAGE =
      """
      usage: simulate [--core] [--seeds N] [--first S] [--threads T]
             simulate [--core] --seed S
             simulate --nightly [--seeds N] [--threads T]
             simulate --states [--rounds R] [--crashes] [--height H] [--byzantine B]
             simulate --economy [--days N] [--seeds N] [--seed S] [--out DIRECTORY]""";

  private final Clock clock;
  private final PrintStream out;
  private LongFunction<Outcome> world = Outcome::replicas;
  private Optional<Long> seeds = Optional.empty();
  private Optional<Long> first = Optional.empty();
  private Optional<Long> only = Optional.empty();
  private long threads = Runtime.getRuntime().availableProcessors();
  private boolean nightly;

  private SimulateMain(Clock clock, PrintStream out) {
    this.clock = clock;
    this.out = out;
  }

  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out));
  }

  static int run(String[] arguments, PrintStream out) {
    if (arguments.length > 0) {
      List<String> rest = List.of(arguments).subList(1, arguments.length);
      switch (arguments[0]) {
        case "--states" -> {
          return StateSearchMain.run(rest, out);
        }
        case "--economy" -> {
          return EconomyCommand.run(rest, out);
        }
        default -> {}
      }
    }
    SimulateMain main = new SimulateMain(SystemClock.INSTANCE, out);
    if (!main.understands(arguments)) {
      out.println(USAGE);
      return 2;
    }
    return main.nightly ? main.night() : main.seeds();
  }

  private boolean understands(String[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--core" -> world = Outcome::core;
        case "--nightly" -> nightly = true;
        case "--seeds", "--first", "--seed", "--threads" -> {
          Optional<Long> value = number(arguments, i + 1);
          if (value.isEmpty()) {
            return false;
          }
          set(arguments[i++], value.get());
        }
        default -> {
          return false;
        }
      }
    }
    return threads > 0 && threads <= 1_024;
  }

  private void set(String name, long value) {
    switch (name) {
      case "--seeds" -> seeds = Optional.of(value);
      case "--first" -> first = Optional.of(value);
      case "--seed" -> only = Optional.of(value);
      default -> threads = value;
    }
  }

  private static Optional<Long> number(String[] arguments, int at) {
    try {
      return at < arguments.length ? Optional.of(Long.valueOf(arguments[at])) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Campaign campaign(LongFunction<Outcome> of) {
    return new Campaign(of, (int) threads, clock);
  }

  private int seeds() {
    long from = only.or(() -> first).orElse(1L);
    Campaign done = campaign(world).run(from, only.isPresent() ? 1 : seeds.orElse(1_000L));
    if (only.isPresent()) {
      out.println(done.last().told());
    } else {
      done.failed().forEach(outcome -> out.println(outcome.told()));
    }
    out.println(done.json());
    return done.failed().isEmpty() ? 0 : 1;
  }

  private int night() {
    long count = seeds.orElse(NIGHTLY);
    long from = clock.now().toEpochMilli() / DAY_MILLIS * PER_DAY;
    out.println("seeds " + from + " to " + (from + count - 1) + " of the core and of replicas");
    Campaign core = campaign(Outcome::core).run(from, count);
    core.failed().forEach(outcome -> out.println(outcome.told()));
    Campaign replicas = campaign(Outcome::replicas).run(from, count);
    replicas.failed().forEach(outcome -> out.println(outcome.told()));
    out.println("{\"core\":" + core.json() + ",\"replicas\":" + replicas.json() + "}");
    int states = seeds.isEmpty() ? StateSearchMain.run(List.of(), out) : 0;
    return core.failed().isEmpty() && replicas.failed().isEmpty() ? states : 1;
  }
}
