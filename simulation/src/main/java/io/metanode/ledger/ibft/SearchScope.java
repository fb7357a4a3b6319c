package io.metanode.ledger.ibft;

import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Round;

/**
 * What a search covers.
 *
 * @param byzantine the position in the set of the one that is
 * @param rounds how many rounds validators may enter, from round 0 on
 * @param crashes whether a validator may crash between any two of its effects, and start again
 */
record SearchScope(Height height, int byzantine, int rounds, boolean crashes) {

  static final int MOST_ROUNDS = 4;

  SearchScope {
    if (rounds < 1 || rounds > MOST_ROUNDS || byzantine < 0 || byzantine > 3) {
      throw new IllegalArgumentException(
          rounds + " rounds with validator " + byzantine + " Byzantine: 1 to 4, and 0 to 3");
    }
  }

  Round last() {
    return new Round(rounds - 1);
  }
}
