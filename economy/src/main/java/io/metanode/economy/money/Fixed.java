package io.metanode.economy.money;

/**
 * Exact arithmetic on numbers from 0 to 2^63 - 1, with the product of two kept in 128 bits.
 *
 * <p>The division of 128 bits by 64 is Knuth's algorithm D for two digits of 32 bits (The Art of
 * Computer Programming, volume 2, section 4.3.1), as in Warren's Hacker's Delight, {@code divlu}.
 */
public final class Fixed {

  private static final long DIGIT = 1L << 32;
  private static final long LOW = DIGIT - 1;

  private Fixed() {}

  /**
   * {@code floor(a · b / c)}, never more than one below the exact quotient.
   *
   * @throws IllegalArgumentException if {@code a} or {@code b} is negative or {@code c} not
   *     positive
   * @throws ArithmeticException if the quotient is 2^63 or more
   */
  public static long mulDivFloor(long a, long b, long c) {
    require(a, b, c);
    return quotient(Math.multiplyHigh(a, b), a * b, c);
  }

  /**
   * {@code ceil(a · b / c)}, never more than one above the exact quotient.
   *
   * @throws IllegalArgumentException if {@code a} or {@code b} is negative or {@code c} not
   *     positive
   * @throws ArithmeticException if the quotient is 2^63 or more
   */
  public static long mulDivCeil(long a, long b, long c) {
    require(a, b, c);
    long low = a * b;
    long floor = quotient(Math.multiplyHigh(a, b), low, c);
    // The products agree in 128 bits exactly if they do in the lower 64: they differ by less than
    // c.
    return floor * c == low ? floor : Math.addExact(floor, 1);
  }

  private static void require(long a, long b, long c) {
    if ((a | b) < 0 || c <= 0) {
      throw new IllegalArgumentException(a + " · " + b + " / " + c + " is not of such numbers");
    }
  }

  private static long quotient(long high, long low, long divisor) {
    if (high >= divisor) {
      throw new ArithmeticException("a quotient does not fit in 63 bits");
    }
    long quotient = high == 0 ? Long.divideUnsigned(low, divisor) : divide(high, low, divisor);
    if (quotient < 0) {
      throw new ArithmeticException("a quotient does not fit in 63 bits");
    }
    return quotient;
  }

  /** 128 bits by 63, for a quotient below 2^64. */
  private static long divide(long high, long low, long divisor) {
    int shift = Long.numberOfLeadingZeros(divisor);
    long d = divisor << shift;
    long d1 = d >>> 32;
    long d0 = d & LOW;
    long n2 = high << shift | low >>> (Long.SIZE - shift);
    long n = low << shift;
    long q1 = digit(n2, n >>> 32, d1, d0);
    long rest = (n2 << 32 | n >>> 32) - q1 * d;
    long q0 = digit(rest, n & LOW, d1, d0);
    return (q1 << 32) + q0;
  }

  /** One digit of the quotient: at most two above it by the guess, then corrected. */
  private static long digit(long top, long next, long d1, long d0) {
    long guess = Long.divideUnsigned(top, d1);
    long rest = top - guess * d1;
    while (Long.compareUnsigned(guess, DIGIT) >= 0
        || Long.compareUnsigned(guess * d0, rest << 32 | next) > 0) {
      guess--;
      rest += d1;
      if (Long.compareUnsigned(rest, DIGIT) >= 0) {
        break;
      }
    }
    return guess;
  }
}
