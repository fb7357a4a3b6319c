package io.metanode.economy.machine;

/**
 * What comes of a claim. Where several hold, the first one here is the result; what the transfer of
 * the reward says comes after them. The codes are part of the chain: they never change, and none is
 * used again.
 */
public enum ClaimStatus {
  /** Governance did not admit the sender. */
  NOT_A_PROVIDER(480),
  /** No window begins then. */
  WINDOW_UNKNOWN(481),
  /** The window is not over. */
  WINDOW_OPEN(482),
  /** The window was claimed; not given any more, as it may be claimed in several claims. */
  WINDOW_CLAIMED(483),
  /** There is no such LogBlock, or its log contradicted itself. */
  CITED_UNKNOWN(484),
  /** The log is another's. */
  CITED_NOT_OWNED(485),
  /** The ledger took the LogBlock in another window. */
  CITED_OUTSIDE_WINDOW(486),
  /** The LogBlock, or a later one of its log, was cited before. */
  CITED_BEFORE(487);

  private final int code;

  ClaimStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
