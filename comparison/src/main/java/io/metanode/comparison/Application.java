package io.metanode.comparison;

import java.time.Instant;
import java.util.List;

/**
 * What a node brings into order, and for whom.
 *
 * @param <T> what becomes of a payload before its place in the order is known
 */
interface Application<T> {

  /** Looks at a payload as soon as it is here. Called by several threads at once. */
  T prepare(byte[] payload);

  /**
   * A round of consensus, the same on every node. Called by one thread, round after round.
   *
   * @param time the network's, later than that of the round before
   * @param prepared in the order of consensus
   */
  void ordered(long round, Instant time, List<T> prepared);
}
