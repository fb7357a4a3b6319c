package io.metanode.ledger.ibft;

import io.metanode.foundation.SystemClock;
import io.metanode.ledger.consensus.Height;
import java.io.PrintStream;
import java.util.Locale;

public final class StateSearchMain {
  private static final double NANOS = 1e9;
  private StateSearchMain() {}

  public static int run(int rounds, boolean crashes, boolean timersAlone, long most, PrintStream out) {
    for (int h = 1; h <= 2; h++) {
      for (int byzantine = 0; byzantine < 4; byzantine++) {
        long began = SystemClock.INSTANCE.monotonicNanos();
        StateSearch s = new StateSearch(new SearchScope(new Height(h), byzantine, rounds, crashes, timersAlone));
        StateSearch.Result result = s.run(most);
        double seconds = (SystemClock.INSTANCE.monotonicNanos() - began) / NANOS;
        out.println(String.format(Locale.ROOT, "h%d b%d r%d states %d steps %d complete %b %s locals %d %d %d %.1f s", h, byzantine, rounds, result.states(), result.steps(), result.complete(), result.violation().orElse(""), s.moves().node(0).size(), s.moves().node(1).size(), s.moves().node(2).size(), seconds));
        result.path().forEach(out::println);
      }
    }
    return 0;
  }
  public static void main(String[] a) {
    run(Integer.parseInt(a[0]), a[1].contains("c"), a[1].contains("t"), Long.parseLong(a[2]), System.out);
  }
}
