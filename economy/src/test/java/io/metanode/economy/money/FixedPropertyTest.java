package io.metanode.economy.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** Against the JDK's big integers. */
class FixedPropertyTest {

  /** Numbers of every length, and those next to powers of two. */
  private static long number(Gen gen) {
    long value = gen.nextLong() >>> gen.intBetween(1, 63);
    return gen.oneIn(3) ? Math.max(0, Long.highestOneBit(value) - gen.intBetween(0, 1)) : value;
  }

  @Test
  void floorAndCeilingAreThoseOfTheExactQuotient() {
    Property.check(
        "mulDiv",
        200_000,
        gen -> {
          long a = number(gen);
          long b = number(gen);
          long c = Math.max(1, number(gen));
          BigInteger[] exact =
              BigInteger.valueOf(a)
                  .multiply(BigInteger.valueOf(b))
                  .divideAndRemainder(BigInteger.valueOf(c));
          check(exact[0], () -> Fixed.mulDivFloor(a, b, c));
          check(
              exact[0].add(BigInteger.valueOf(exact[1].signum())), () -> Fixed.mulDivCeil(a, b, c));
        });
  }

  private interface Quotient {
    long get();
  }

  private static void check(BigInteger expected, Quotient quotient) {
    if (expected.bitLength() > 63) {
      assertThrows(ArithmeticException.class, quotient::get);
    } else {
      assertEquals(expected.longValueExact(), quotient.get());
    }
  }

  @Test
  void extremes() {
    long max = Long.MAX_VALUE;
    assertEquals(max, Fixed.mulDivFloor(max, max, max));
    assertEquals(max - 1, Fixed.mulDivFloor(max, max - 1, max));
    assertEquals(0, Fixed.mulDivFloor(0, max, 1));
    assertEquals(1, Fixed.mulDivCeil(1, 1, max));
    assertThrows(ArithmeticException.class, () -> Fixed.mulDivFloor(max, 2, 1));
    assertThrows(ArithmeticException.class, () -> Fixed.mulDivCeil(max, max, max - 1));
    assertThrows(IllegalArgumentException.class, () -> Fixed.mulDivFloor(-1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> Fixed.mulDivFloor(1, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> Fixed.mulDivCeil(1, 1, 0));
  }
}
