package io.metanode.economy.money;

import java.math.BigInteger;

/**
 * So much of some token. Never negative.
 *
 * @param units minor units of 10⁻⁹, below 2^63: up to about 9.2 thousand million whole tokens
 */
public record Amount(long units) implements Comparable<Amount> {

  /** Minor units in one token. */
  public static final long UNITS = 1_000_000_000;

  private static final int DECIMALS = 9;

  public static final Amount ZERO = new Amount(0);
  public static final Amount MAX = new Amount(Long.MAX_VALUE);

  /**
   * @throws IllegalArgumentException if {@code units} is negative
   */
  public Amount {
    if (units < 0) {
      throw new IllegalArgumentException("an amount is never negative: " + units);
    }
  }

  /**
   * So many whole tokens.
   *
   * @throws ArithmeticException if that is 2^63 minor units or more
   */
  public static Amount tokens(long whole) {
    return new Amount(Math.multiplyExact(whole, UNITS));
  }

  /**
   * The amount that {@code units} names.
   *
   * @throws ArithmeticException if it is 2^63 or more
   */
  public static Amount of(BigInteger units) {
    return new Amount(units.longValueExact());
  }

  /**
   * @throws ArithmeticException if the sum is 2^63 or more
   */
  public Amount plus(Amount other) {
    return new Amount(Math.addExact(units, other.units));
  }

  /**
   * @throws IllegalArgumentException if {@code other} is more
   */
  public Amount minus(Amount other) {
    return new Amount(units - other.units);
  }

  /** {@code floor(this · numerator / denominator)}; see {@link Fixed#mulDivFloor}. */
  public Amount times(long numerator, long denominator) {
    return new Amount(Fixed.mulDivFloor(units, numerator, denominator));
  }

  public Amount min(Amount other) {
    return units <= other.units ? this : other;
  }

  public boolean isZero() {
    return units == 0;
  }

  @Override
  public int compareTo(Amount other) {
    return Long.compare(units, other.units);
  }

  /** Whole tokens, a point and nine decimals. */
  @Override
  public String toString() {
    String fraction = Long.toString(units % UNITS);
    return units / UNITS + "." + "0".repeat(DECIMALS - fraction.length()) + fraction;
  }
}
