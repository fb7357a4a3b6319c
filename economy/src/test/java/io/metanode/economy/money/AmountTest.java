package io.metanode.economy.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AmountTest {

  @Test
  void sumsAndDifferencesAreExactOrRefused() {
    assertEquals(new Amount(7), new Amount(3).plus(new Amount(4)));
    assertEquals(Amount.ZERO, new Amount(3).minus(new Amount(3)));
    assertThrows(ArithmeticException.class, () -> Amount.MAX.plus(new Amount(1)));
    assertThrows(IllegalArgumentException.class, () -> new Amount(3).minus(new Amount(4)));
    assertThrows(IllegalArgumentException.class, () -> new Amount(-1));
    assertThrows(ArithmeticException.class, () -> Amount.tokens(9_223_372_037L));
  }

  @Test
  void sharesAreRoundedDown() {
    assertEquals(new Amount(6), new Amount(10).times(2, 3));
    assertEquals(Amount.MAX, Amount.MAX.times(7, 7));
  }

  @Test
  void textHasNineDecimals() {
    assertEquals("480.519480519", new Amount(480_519_480_519L).toString());
    assertEquals("0.000000001", new Amount(1).toString());
    assertEquals("300000.000000000", Amount.tokens(300_000).toString());
  }

  @Test
  void codesAndParsOfTokens() {
    assertEquals(Optional.of(Token.NEX), Token.ofCode(1));
    assertEquals(Optional.empty(), Token.ofCode(4));
    assertEquals(Optional.empty(), Token.ofCode(-1));
    assertEquals(1000, Token.GEN.par());
    assertEquals(100, Token.NEX.par());
    assertEquals(10, Token.FLX.par());
    assertEquals(1, Token.AUR.par());
  }
}
