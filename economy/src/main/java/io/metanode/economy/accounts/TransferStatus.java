package io.metanode.economy.accounts;

/**
 * What comes of a transfer. Where several hold, the first one here is the result. The codes are
 * part of the chain: they never change, and none is used again.
 */
public enum TransferStatus {
  /** It was done. */
  OK(0),

  /** Another transfer of its batch failed, and with it the batch. */
  BATCH_FAILED(256),
  /** The id is zero. */
  ID_ZERO(257),

  /** A transfer of another kind has this id. */
  EXISTS_WITH_DIFFERENT_KIND(258),
  /** A transfer of another pending one has this id. */
  EXISTS_WITH_DIFFERENT_PENDING_ID(259),
  /** A transfer with another timeout has this id. */
  EXISTS_WITH_DIFFERENT_TIMEOUT(260),
  /** A transfer out of another account has this id. */
  EXISTS_WITH_DIFFERENT_DEBIT_ACCOUNT(261),
  /** A transfer into another account has this id. */
  EXISTS_WITH_DIFFERENT_CREDIT_ACCOUNT(262),
  /** A transfer of another token has this id. */
  EXISTS_WITH_DIFFERENT_TOKEN(263),
  /** A transfer for which another amount was asked has this id. */
  EXISTS_WITH_DIFFERENT_AMOUNT(264),
  /** A transfer that balances otherwise has this id. */
  EXISTS_WITH_DIFFERENT_BALANCING(265),
  /** A transfer with another code has this id. */
  EXISTS_WITH_DIFFERENT_CODE(266),
  /** A transfer with another memo has this id. */
  EXISTS_WITH_DIFFERENT_MEMO(267),
  /** This very transfer was done already. */
  EXISTS(268),

  /** The amount is zero. */
  AMOUNT_ZERO(272),
  /** The two accounts are one. */
  ACCOUNTS_ARE_ONE(273),
  /** It is to post or void itself. */
  PENDING_IS_ITSELF(274),

  /** No account has the id of the one to be debited. */
  DEBIT_ACCOUNT_UNKNOWN(288),
  /** No account has the id of the one to be credited. */
  CREDIT_ACCOUNT_UNKNOWN(289),
  /** The accounts hold different tokens. */
  ACCOUNTS_OF_DIFFERENT_TOKENS(290),
  /** The accounts hold another token than is to be moved. */
  TOKEN_NOT_OF_ACCOUNTS(291),

  /** No transfer has the id of the one to be posted or voided. */
  PENDING_UNKNOWN(304),
  /** The transfer to be posted or voided was made in one phase. */
  PENDING_NOT_PENDING(305),
  /** More is to be posted than is held. */
  PENDING_AMOUNT_EXCEEDED(306),
  /** It was posted already. */
  PENDING_POSTED(307),
  /** It was voided already. */
  PENDING_VOIDED(308),
  /** Its time is over. */
  PENDING_EXPIRED(309),

  /** The account to be debited is closed. */
  DEBIT_ACCOUNT_CLOSED(320),
  /** The account to be credited is closed. */
  CREDIT_ACCOUNT_CLOSED(321),
  /** The account to be debited is frozen. */
  DEBIT_ACCOUNT_FROZEN(322),
  /** The account to be debited is locked, and will be for some time. */
  DEBIT_ACCOUNT_LOCKED(323),

  /** It would expire after the end of time. */
  TIMEOUT_TOO_LATE(336),
  /** The debits would pass the credits and the allowance. */
  EXCEEDS_CREDITS(337),
  /** The credits would pass the debits and the allowance. */
  EXCEEDS_DEBITS(338);

  private final int code;

  TransferStatus(int code) {
    this.code = code;
  }

  /** Below 2^16; 0 or above 15, as the ledger's results are. */
  public int code() {
    return code;
  }
}
