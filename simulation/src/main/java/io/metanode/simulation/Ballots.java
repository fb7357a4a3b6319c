package io.metanode.simulation;

import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.Round;
import java.util.Map;
import java.util.TreeMap;

/** How many honest validators committed to what, in each round of a height. */
final class Ballots {

  private final Map<Round, Map<Digest, Integer>> counts = new TreeMap<>();

  void count(Round round, Digest digest) {
    counts.computeIfAbsent(round, r -> new TreeMap<>()).merge(digest, 1, Integer::sum);
  }

  /** Whether what {@code enough} committed to is all that was committed to in later rounds. */
  boolean agree(int enough) {
    return counts.entrySet().stream()
        .allMatch(
            round ->
                round.getValue().entrySet().stream()
                    .filter(digest -> digest.getValue() >= enough)
                    .allMatch(digest -> isOnlyOneAfter(round.getKey(), digest.getKey())));
  }

  private boolean isOnlyOneAfter(Round round, Digest digest) {
    return counts.entrySet().stream()
        .filter(later -> later.getKey().isAfter(round))
        .allMatch(later -> later.getValue().keySet().stream().allMatch(digest::equals));
  }
}
