package io.metanode.ledger.ibft;

import io.metanode.ledger.consensus.Round;

/**
 * How long a validator waits. Round r times out after {@code roundMillis · 2^r}, so that rounds
 * become long enough for any delay that the network settles at, up to a cap.
 *
 * @param blockMillis from one block to the next, at most from a decision to the next proposal
 * @param roundMillis round 0, counted from that proposal
 * @param mostMillis the cap
 */
public record RoundTimeouts(long blockMillis, long roundMillis, long mostMillis) {

  private static final int DOUBLINGS = 20;

  public static final RoundTimeouts DEFAULT = new RoundTimeouts(100, 1_000, 60_000);

  /**
   * @throws IllegalArgumentException unless 0 ≤ block, 1 ≤ round ≤ most
   */
  public RoundTimeouts {
    if (blockMillis < 0 || roundMillis < 1 || mostMillis < roundMillis) {
      throw new IllegalArgumentException(
          "timeouts " + blockMillis + ", " + roundMillis + ", " + mostMillis);
    }
  }

  /** roundTimeout of the specification; round 0 waits for the block timer, too. */
  long of(Round round) {
    long waiting = Math.min(roundMillis << Math.min(round.value(), DOUBLINGS), mostMillis);
    return round.equals(Round.ZERO) ? blockMillis + waiting : waiting;
  }
}
