package io.metanode.ledger.ibft;

import io.metanode.foundation.SystemClock;
import io.metanode.ledger.consensus.Height;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * {@code simulate --states [--rounds R] [--crashes] [--height H] [--byzantine B]}: searches all
 * states within R rounds (3) at heights 1 and 2 with each validator in turn Byzantine, or only at H
 * or with B, and prints a line for each. Exits with 1 at the first violation, after its path.
 */
public final class StateSearchMain {

  private static final double NANOS = 1e9;
  private static final int USAGE = 2;

  private int rounds = 3;
  private boolean crashes;
  private List<Integer> heights = List.of(1, 2);
  private List<Integer> byzantine = IntStream.range(0, 4).boxed().toList();

  private StateSearchMain() {}

  public static int run(List<String> arguments, PrintStream out) {
    StateSearchMain main = new StateSearchMain();
    if (!main.understands(arguments)) {
      out.println(
          "usage: simulate --states [--rounds 1 to 4] [--crashes] [--height H] [--byzantine 0 to 3]");
      return USAGE;
    }
    return main.search(out);
  }

  private boolean understands(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).equals("--crashes")) {
        crashes = true;
      } else if (i + 1 == arguments.size() || !set(arguments.get(i), arguments.get(++i))) {
        return false;
      }
    }
    return true;
  }

  private boolean set(String name, String text) {
    if (!text.matches("[0-9]{1,4}")) {
      return false;
    }
    int value = Integer.parseInt(text);
    switch (name) {
      case "--rounds" -> rounds = value;
      case "--height" -> heights = List.of(value);
      case "--byzantine" -> byzantine = List.of(value);
      default -> {
        return false;
      }
    }
    return rounds >= 1 && rounds <= SearchScope.MOST_ROUNDS && byzantine.getFirst() < 4;
  }

  private int search(PrintStream out) {
    for (int height : heights) {
      for (int b : byzantine) {
        SearchScope scope = new SearchScope(new Height(height), b, rounds, crashes);
        long began = SystemClock.INSTANCE.monotonicNanos();
        StateSearch.Result result = new StateSearch(scope).run(Long.MAX_VALUE);
        double seconds = (SystemClock.INSTANCE.monotonicNanos() - began) / NANOS;
        out.println(
            String.format(
                Locale.ROOT,
                "{\"height\":%d,\"byzantine\":%d,\"rounds\":%d,\"crashes\":%b,\"states\":%d,"
                    + "\"steps\":%d,\"complete\":%b,\"violation\":\"%s\",\"seconds\":%.1f}",
                height,
                b,
                rounds,
                crashes,
                result.states(),
                result.steps(),
                result.complete(),
                result.violation().orElse(""),
                seconds));
        result.path().forEach(out::println);
        if (result.violation().isPresent()) {
          return 1;
        }
      }
    }
    return 0;
  }
}
