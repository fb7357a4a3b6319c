package io.metanode.economy.accounts;

import io.metanode.economy.money.Amount;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;

/**
 * All that was ever moved one way, in minor units: 127 bits, so that 2^64 of the largest amounts
 * fit and no account wears out.
 *
 * @param high the upper bits, not negative
 * @param low the lower 64 bits, unsigned
 */
public record Total(long high, long low) implements Comparable<Total> {

  public static final Total ZERO = new Total(0, 0);

  /**
   * @throws IllegalArgumentException if {@code high} is negative
   */
  public Total {
    if (high < 0) {
      throw new IllegalArgumentException("a total is never negative");
    }
  }

  public static Total of(Amount amount) {
    return new Total(0, amount.units());
  }

  public Total plus(Amount amount) {
    long sum = low + amount.units();
    return new Total(Long.compareUnsigned(sum, low) < 0 ? Math.addExact(high, 1) : high, sum);
  }

  public Total plus(Total other) {
    long sum = low + other.low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new Total(Math.addExact(Math.addExact(high, other.high), carry), sum);
  }

  /**
   * @throws IllegalArgumentException if {@code amount} is more
   */
  public Total minus(Amount amount) {
    return minus(of(amount));
  }

  /**
   * @throws IllegalArgumentException if {@code other} is more
   */
  public Total minus(Total other) {
    long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
    return new Total(high - other.high - borrow, low - other.low);
  }

  /** What this is above {@code other}: nothing if it is not, and never more than an amount is. */
  public Amount above(Total other) {
    if (compareTo(other) <= 0) {
      return Amount.ZERO;
    }
    Total difference = minus(other);
    return difference.high > 0 || difference.low < 0 ? Amount.MAX : new Amount(difference.low);
  }

  public boolean isZero() {
    return (high | low) == 0;
  }

  @Override
  public int compareTo(Total other) {
    return high != other.high
        ? Long.compare(high, other.high)
        : Long.compareUnsigned(low, other.low);
  }

  void encode(Encoder out) {
    out.u64(high).u64(low);
  }

  static Total decode(Decoder in) throws DecodingException {
    return new Total(in.u63(), in.bits64());
  }
}
