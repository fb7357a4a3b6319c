package io.metanode.economy.supply;

import io.metanode.economy.accounts.AccountFlags;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.AccountTerms;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;

/**
 * The locked reserve of a miner: one account for all that is locked in a period of 30 days, which
 * nothing leaves until 180 days after the period. The ledger itself holds the lock.
 */
public final class MinerReserve {

  private static final long DAY_MILLIS = 86_400_000;

  /** How long a period is, in milliseconds. */
  public static final long PERIOD_MILLIS = 30 * DAY_MILLIS;

  /** How long after a period its reserve is free, in milliseconds. */
  public static final long LOCK_MILLIS = 180 * DAY_MILLIS;

  private MinerReserve() {}

  /** The account for what is locked now; opening it again does nothing. */
  public static AccountTerms account(AccountId miner, long now) {
    long period = now / PERIOD_MILLIS;
    return new AccountTerms(
        AccountId.named("metanode reserve " + miner + " " + period),
        Token.NEX,
        Codes.RESERVE,
        AccountFlags.WALLET,
        Amount.ZERO,
        (period + 1) * PERIOD_MILLIS + LOCK_MILLIS);
  }
}
