package io.metanode.economy.billing;

import io.metanode.economy.money.Amount;
import io.metanode.economy.poe.Usage;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * What usage costs, exactly: usage comes in millionths of a unit and prices in minor units, so a
 * charge is a whole number of millionths of a minor unit, 10⁻¹⁵ NEX.
 *
 * @param millionths of a minor unit, not negative
 */
public record Charge(BigInteger millionths) {

  private static final BigInteger WHOLE = BigInteger.valueOf(Usage.MILLIONTHS);

  public static final Charge ZERO = new Charge(BigInteger.ZERO);

  /**
   * @throws IllegalArgumentException if it is negative
   */
  public Charge {
    if (millionths.signum() < 0) {
      throw new IllegalArgumentException("a charge is never negative: " + millionths);
    }
  }

  /** The cost of so much, in millionths of a unit, at a price of a unit, in minor units. */
  public static Charge of(long usage, Amount price) {
    return new Charge(BigInteger.valueOf(usage).multiply(BigInteger.valueOf(price.units())));
  }

  public Charge plus(Charge other) {
    return new Charge(millionths.add(other.millionths));
  }

  /**
   * The whole minor units in it.
   *
   * @throws ArithmeticException if they are 2^63 or more
   */
  public Amount whole() {
    return Amount.of(millionths.divide(WHOLE));
  }

  /** What is left beside the whole minor units: less than one. */
  public Charge rest() {
    return new Charge(millionths.mod(WHOLE));
  }

  /** In NEX, with fifteen decimals. */
  @Override
  public String toString() {
    return new BigDecimal(millionths, 15).toPlainString();
  }
}
