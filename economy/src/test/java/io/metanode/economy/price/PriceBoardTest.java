package io.metanode.economy.price;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.economy.money.Amount;
import io.metanode.testkit.Property;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceBoardTest {

  private static final long NOW = 1_000_000_000;
  private static final long HOUR = 3_600_000;

  private static PriceQuote quote(String source, long price, long age) {
    return new PriceQuote(source, new Amount(price), NOW - age);
  }

  private static List<PriceQuote> agreeing(long price, long time) {
    return List.of(
        new PriceQuote("a", new Amount(price), time),
        new PriceQuote("b", new Amount(price), time),
        new PriceQuote("c", new Amount(price), time));
  }

  private static PriceDecision decide(PriceQuote... quotes) {
    return PriceBoard.empty(PriceRules.DEFAULT).decide(List.of(quotes), NOW).decision();
  }

  @Test
  void medianOfOddAndEvenNumbers() {
    assertEquals(
        new PriceDecision.Posted(new Amount(10_050)),
        decide(quote("a", 10_100, 0), quote("b", 10_000, 0), quote("c", 10_050, 0)));
    assertEquals(
        new PriceDecision.Posted(new Amount(10_025)),
        decide(
            quote("a", 10_100, 0),
            quote("b", 10_000, 0),
            quote("c", 10_051, 0),
            quote("d", 10_000, 0)));
  }

  @Test
  void sourcesTwoPercentApartAgreeAndFurtherDoNot() {
    assertEquals(
        new PriceDecision.Posted(new Amount(10_000)),
        decide(quote("a", 9_900, 0), quote("b", 10_000, 0), quote("c", 10_100, 0)));
    assertEquals(
        new PriceDecision.SourcesDisagree(
            new Amount(9_900), new Amount(10_101), new Amount(10_000)),
        decide(quote("a", 9_900, 0), quote("b", 10_000, 0), quote("c", 10_101, 0)));
  }

  @Test
  void aLiarStopsSettlementButDoesNotSetTheRate() {
    PriceBoard board = PriceBoard.empty(PriceRules.DEFAULT).decide(agreeing(100, NOW), NOW).board();
    PriceBoard.Outcome outcome =
        board.decide(List.of(quote("a", 100, 0), quote("b", 100, 0), quote("c", 900, 0)), NOW);
    assertTrue(outcome.decision() instanceof PriceDecision.SourcesDisagree);
    assertEquals(board, outcome.board());
  }

  @Test
  void staleFutureAndRepeatedQuotesCountAsNone() {
    assertEquals(
        new PriceDecision.TooFewSources(2),
        decide(quote("a", 100, 0), quote("b", 100, 599_999), quote("c", 100, 600_000)));
    assertEquals(
        new PriceDecision.TooFewSources(2),
        decide(quote("a", 100, 0), quote("b", 100, 0), quote("c", 100, -1)));
    assertEquals(
        new PriceDecision.TooFewSources(2),
        decide(quote("a", 100, 0), quote("b", 100, 0), quote("b", 100, 1)));
    assertEquals(
        new PriceDecision.Posted(new Amount(100)),
        decide(quote("a", 100, 0), quote("b", 100, 0), quote("c", 500, 9), quote("c", 100, 3)));
  }

  @Test
  void rateMovesLessThanTenPercentADay() {
    PriceBoard board =
        PriceBoard.empty(PriceRules.DEFAULT).decide(agreeing(1_000, NOW), NOW).board();
    PriceBoard.Outcome up = board.decide(agreeing(2_000, NOW + HOUR), NOW + HOUR);
    assertEquals(new PriceDecision.Bounded(new Amount(1_099), new Amount(2_000)), up.decision());
    PriceBoard.Outcome more = up.board().decide(agreeing(2_000, NOW + 23 * HOUR), NOW + 23 * HOUR);
    assertEquals(new PriceDecision.Bounded(new Amount(1_099), new Amount(2_000)), more.decision());
    PriceBoard.Outcome down = board.decide(agreeing(10, NOW + HOUR), NOW + HOUR);
    assertEquals(new PriceDecision.Bounded(new Amount(901), new Amount(10)), down.decision());
    PriceBoard.Outcome next = up.board().decide(agreeing(2_000, NOW + 25 * HOUR), NOW + 25 * HOUR);
    assertEquals(new PriceDecision.Bounded(new Amount(1_208), new Amount(2_000)), next.decision());
  }

  @Test
  void anOldRateThatStillStandsBinds() {
    PriceBoard board =
        PriceBoard.empty(PriceRules.DEFAULT).decide(agreeing(1_000, NOW), NOW).board();
    long later = NOW + 1_000 * HOUR;
    assertEquals(
        new PriceDecision.Bounded(new Amount(1_099), new Amount(5_000)),
        board.decide(agreeing(5_000, later), later).decision());
  }

  @Test
  void noTwoRatesOfADayAreTenPercentApart() {
    Property.check(
        "daily bound",
        300,
        gen -> {
          PriceBoard board = PriceBoard.empty(PriceRules.DEFAULT);
          List<PriceBoard.Rate> all = new ArrayList<>();
          long now = NOW;
          for (int i = 0; i < 60; i++) {
            now += gen.between(0, 6 * HOUR);
            PriceBoard.Outcome outcome =
                board.decide(agreeing(gen.between(1, 1L << gen.intBetween(1, 50)), now), now);
            board = outcome.board();
            PriceBoard.Rate rate = board.rate().orElseThrow();
            for (PriceBoard.Rate before : all) {
              if (now - before.time() < 24 * HOUR) {
                BigInteger low = BigInteger.valueOf(before.price().units());
                BigInteger move = BigInteger.valueOf(rate.price().units()).subtract(low).abs();
                assertTrue(move.multiply(BigInteger.TEN).compareTo(low) < 0, before + " " + rate);
              }
            }
            all.add(rate);
          }
        });
  }

  @Test
  void meaninglessRulesAndQuotesAreNotMade() {
    assertThrows(IllegalArgumentException.class, () -> quote("a", 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new PriceRules(0, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new PriceRules(1, 1, 1, 1_000_001));
  }
}
