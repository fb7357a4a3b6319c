package io.metanode.ledger.replica;

/**
 * A timer of a replica. There is one of each kind: starting one takes the place of the one before,
 * whose expiry then means nothing.
 *
 * @param number grows with every start
 */
public record Timer(Kind kind, long number) {

  /** What a timer is for. */
  public enum Kind {
    /** The next block may be proposed. */
    BLOCK,
    /** The round took too long. */
    ROUND,
    /** Transactions that a proposal needs did not come. */
    FETCH,
    /** Blocks, or parts of a snapshot, did not come. */
    SYNC,
    /** Tell peers where we are. */
    STATUS
  }
}
