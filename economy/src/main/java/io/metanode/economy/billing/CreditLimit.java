package io.metanode.economy.billing;

import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Fixed;

/**
 * How much a tenant may owe.
 *
 * @param most from which on it is stopped
 * @param throttleAt the part of it from which on the tenant is slowed down, in millionths
 */
public record CreditLimit(Amount most, long throttleAt) {

  private static final long WHOLE = 1_000_000;

  /** What the tenant may do. */
  public enum Decision {
    ALLOW,
    THROTTLE,
    STOP
  }

  /**
   * @throws IllegalArgumentException if the part is not from 0 to 1
   */
  public CreditLimit {
    if (throttleAt < 0 || throttleAt > WHOLE) {
      throw new IllegalArgumentException(throttleAt + " is no part in millionths");
    }
  }

  /**
   * Decides; whoever owes the limit exactly is stopped.
   *
   * @param owed what was settled and not paid
   * @param live what is not settled yet
   */
  public Decision decide(Amount owed, Charge live) {
    Amount whole = live.whole();
    if (owed.compareTo(most) >= 0 || whole.compareTo(most.minus(owed)) >= 0) {
      return Decision.STOP;
    }
    long soft = Fixed.mulDivCeil(most.units(), throttleAt, WHOLE);
    return owed.plus(whole).units() >= soft ? Decision.THROTTLE : Decision.ALLOW;
  }
}
