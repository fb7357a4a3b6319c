package io.metanode.ledger.ibft;

import io.metanode.simulation.Run;
import java.util.Arrays;

/**
 * {@code MutationSearch [MOST [NAME...]]}: finds for each mutation the first of MOST seeds whose
 * run the auditor objects to, and prints the lines of mutations.txt.
 */
public final class MutationSearch {

  private MutationSearch() {}

  public static void main(String[] arguments) {
    int most = arguments.length == 0 ? 1_000 : Integer.parseInt(arguments[0]);
    for (Mutation mutation : Mutation.values()) {
      if (arguments.length < 2 || Arrays.asList(arguments).contains(mutation.name())) {
        System.out.println(mutation + " " + search(mutation, most));
      }
    }
  }

  private static String search(Mutation mutation, int most) {
    for (int seed = 1; seed <= most; seed++) {
      Run run = run(mutation, seed);
      if (run.violation().isPresent()) {
        return seed + " " + property(run.violation().get());
      }
    }
    return "survived " + most;
  }

  /** What a violation is one of, as one word. */
  static String property(String violation) {
    return violation.substring(0, violation.indexOf(':')).replace(' ', '-');
  }

  static Run run(Mutation mutation, long seed) {
    return Run.of(seed, mutation.engines());
  }
}
