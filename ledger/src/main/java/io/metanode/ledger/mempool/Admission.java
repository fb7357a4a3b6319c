package io.metanode.ledger.mempool;

/**
 * What becomes of a transaction that is offered to the mempool. Where several hold, the first one
 * here is the answer. Codes are stable: clients see them.
 */
public enum Admission {
  /** It waits for a block. */
  ACCEPTED(0, Retry.NEVER),
  /** It waits for a block, in place of one with the same sender and sequence. */
  REPLACED(1, Retry.NEVER),

  /** It is here already. */
  DUPLICATE(10, Retry.NEVER),
  /** It is for another chain. */
  WRONG_CHAIN(11, Retry.NEVER),
  /** Its expiry is below the next height. */
  EXPIRED(12, Retry.NEVER),
  /** The state machine would refuse it whatever the state. */
  CANNOT_SUCCEED(13, Retry.NEVER),
  /** Its sender made a transaction with this sequence already. */
  SEQUENCE_USED(14, Retry.NEVER),
  /** Its sequence is further ahead than one sender may have transactions waiting. */
  SEQUENCE_TOO_FAR(15, Retry.LATER),
  /** It does not pay enough more than the one it would replace. */
  REPLACEMENT_UNDERPRICED(16, Retry.WITH_HIGHER_FEE),
  /** Its sender cannot pay the fees of all it has waiting. */
  FEES_NOT_COVERED(17, Retry.LATER),
  /** The mempool is full of transactions that go before it. */
  POOL_FULL(18, Retry.WITH_HIGHER_FEE),
  /** Its signature does not hold. */
  BAD_SIGNATURE(19, Retry.NEVER),
  /** Too many transactions wait to have their signatures checked. */
  OVERLOADED(20, Retry.LATER);

  /** When the same transaction may be welcome. */
  public enum Retry {
    NEVER,
    LATER,
    WITH_HIGHER_FEE
  }

  private final int code;
  private final Retry retry;

  Admission(int code, Retry retry) {
    this.code = code;
    this.retry = retry;
  }

  public int code() {
    return code;
  }

  public Retry retry() {
    return retry;
  }

  public boolean isAccepted() {
    return this == ACCEPTED || this == REPLACED;
  }
}
