package io.metanode.economy.machine;

/**
 * What comes of governance. Where several hold, the first one here is the result. The codes are
 * part of the chain: they never change, and none is used again.
 */
public enum VoteStatus {
  /** The sender made a proposal with this reference before. */
  PROPOSAL_EXISTS(512),
  /** There is no such proposal. */
  PROPOSAL_UNKNOWN(513),
  /** It was decided already, or its time for votes is over. */
  PROPOSAL_CLOSED(514),
  /** The sender owns no such account of GEN. */
  VOTER_UNKNOWN(515),
  /** The account is not locked until votes close: its GEN could vote again elsewhere. */
  VOTER_NOT_LOCKED(516),
  /** The account voted on it already. */
  VOTER_VOTED(517),
  /** The account holds too little GEN. */
  VOTER_TOO_POOR(518),
  /** Votes are still taken, and neither side has the majority of all GEN. */
  DECISION_TOO_SOON(519),
  /** It was decided, and waits until it may be enacted. */
  TIMELOCKED(520),
  /** It was rejected, or enacted already. */
  PROPOSAL_DONE(521),
  /** The prices are not the next version, or begin before they could be enacted. */
  PRICES_NOT_NEXT(522);

  private final int code;

  VoteStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
