package io.metanode.economy.billing;

import io.metanode.economy.money.Amount;
import io.metanode.economy.poe.Usage;

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
    Charge all = live.plus(Charge.of(Usage.MILLIONTHS, owed));
    if (all.compareTo(Charge.of(Usage.MILLIONTHS, most)) >= 0) {
      return Decision.STOP;
    }
    boolean soft = all.compareTo(Charge.of(throttleAt, most)) >= 0;
    return soft ? Decision.THROTTLE : Decision.ALLOW;
  }
}
