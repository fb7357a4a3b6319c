package io.metanode.ledger.mempool;

import java.util.Comparator;

/**
 * The last transaction of a sender.
 *
 * @param gap whether one before it is missing, so that it cannot go into a block yet
 */
record Tail(Waiting waiting, boolean gap) {

  /** The first to give way first: those that cannot go into a block, then the lowest priority. */
  static final Comparator<Tail> GIVES_WAY =
      (x, y) ->
          x.gap() != y.gap()
              ? Boolean.compare(y.gap(), x.gap())
              : Waiting.PRIORITY.compare(y.waiting(), x.waiting());
}
