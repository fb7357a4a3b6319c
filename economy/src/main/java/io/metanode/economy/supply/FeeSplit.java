package io.metanode.economy.supply;

import io.metanode.economy.money.Amount;

/**
 * How the fee on the gross value of a job is shared: 0.2 % locked for the miner, 0.3 % for the
 * miner to spend, 0.2 % for the owner, 0.3 % for the treasury. The whole fee is 1 % rounded down;
 * each share but the treasury's is rounded down, and the treasury has what remains, at most three
 * minor units above its share. The shares sum to the fee exactly.
 */
public record FeeSplit(Amount locked, Amount spendable, Amount owner, Amount treasury) {

  private static final long LOCKED = 2;
  private static final long SPENDABLE = 3;
  private static final long OWNER = 2;
  private static final long FEE = 10;
  private static final long WHOLE = 1_000;

  /** The shares of a gross value. */
  public static FeeSplit of(Amount gross) {
    Amount locked = gross.times(LOCKED, WHOLE);
    Amount spendable = gross.times(SPENDABLE, WHOLE);
    Amount owner = gross.times(OWNER, WHOLE);
    Amount treasury = gross.times(FEE, WHOLE).minus(locked).minus(spendable).minus(owner);
    return new FeeSplit(locked, spendable, owner, treasury);
  }

  /** The whole fee. */
  public Amount fee() {
    return locked.plus(spendable).plus(owner).plus(treasury);
  }
}
