package io.metanode.economy.accounts;

/**
 * What comes of an operation on an account. Where several hold, the first one here is the result.
 * The codes are part of the chain: they never change, and none is used again.
 */
public enum AccountStatus {
  /** It was done. */
  OK(0),

  /** The id is zero. */
  ID_ZERO(384),
  /** An account with other flags has this id. */
  EXISTS_WITH_DIFFERENT_FLAGS(385),
  /** An account of another token has this id. */
  EXISTS_WITH_DIFFERENT_TOKEN(386),
  /** An account with another code has this id. */
  EXISTS_WITH_DIFFERENT_CODE(387),
  /** An account with another allowance has this id. */
  EXISTS_WITH_DIFFERENT_ALLOWANCE(388),
  /** An account locked until another time has this id. */
  EXISTS_WITH_DIFFERENT_LOCK(389),
  /** This very account was opened already. */
  EXISTS(390),

  /** No account is opened frozen or closed. */
  FLAGS_NOT_FOR_OPENING(400),
  /** Debits and credits cannot both be limited by the other. */
  FLAGS_EXCLUDE_EACH_OTHER(401),
  /** An allowance without a limit means nothing. */
  ALLOWANCE_WITHOUT_LIMIT(402),

  /** No account has this id. */
  UNKNOWN(416),
  /** It is closed. */
  CLOSED(417),
  /** It is frozen already. */
  FROZEN(418),
  /** It is not frozen. */
  NOT_FROZEN(419),
  /** Transfers out of it or into it are pending. */
  PENDING_LEFT(420),
  /** Its debits are not its credits. */
  BALANCE_LEFT(421);

  private final int code;

  AccountStatus(int code) {
    this.code = code;
  }

  /** Below 2^16; 0 or above 15, as the ledger's results are. */
  public int code() {
    return code;
  }
}
