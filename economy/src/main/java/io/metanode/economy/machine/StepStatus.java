package io.metanode.economy.machine;

/**
 * What comes of a step that the accounts alone would do. In a step these are asked in their order,
 * after the id of a transfer and before everything else; an account that is not there is nobody's.
 * The codes are part of the chain: they never change, and none is used again.
 */
public enum StepStatus {
  /** An account is the economy's own. */
  ACCOUNT_RESERVED(448),
  /** The sender does not own the account that is debited, frozen, thawed or closed. */
  NOT_OWNER(449),
  /** The sender does not own the account for which the pending transfer holds. */
  NOT_PAYEE(450),
  /** The code is the economy's own, or of jobs, which are paid in NEX. */
  CODE_RESERVED(451),
  /** AUR is for banks, whose accounts governance opens. */
  TOKEN_FOR_BANKS(452),
  /** AUR would be in transit for longer than it may be. */
  TRANSIT_TOO_LONG(453),
  /** The wallet is the ledger's own. */
  WALLET_RESERVED(454),
  /** The sender's wallet holds less. */
  WALLET_TOO_LOW(455),
  /** A sum would pass 2^63 - 1 minor units. */
  SUM_TOO_LARGE(456);

  private final int code;

  StepStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
