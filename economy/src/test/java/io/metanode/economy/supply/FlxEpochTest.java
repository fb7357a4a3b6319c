package io.metanode.economy.supply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.economy.accounts.TransferResult;
import io.metanode.economy.accounts.TransferStatus;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.testkit.Property;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FlxEpochTest {

  private static final FlxPolicy POLICY = FlxPolicy.DEFAULT;

  private final Network network = new Network();

  private void collect(Amount fees) {
    TransferResult paid =
        network.move(
            Purse.CIRCULATION.of(Token.FLX),
            Purse.FEES.of(Token.FLX),
            Token.FLX,
            fees,
            Network.GENESIS);
    assertEquals(TransferStatus.OK, paid.status());
  }

  private List<TransferStatus> settle(long epoch, Optional<Amount> rate) {
    return FlxEpoch.settle(epoch, rate, POLICY, network.ledger, Network.GENESIS).stream()
        .map(TransferResult::status)
        .toList();
  }

  @Test
  void atParHalfIsBurned() {
    collect(new Amount(1_001));
    assertEquals(
        List.of(TransferStatus.OK, TransferStatus.OK), settle(1, Optional.of(FlxPolicy.PAR)));
    assertEquals(Amount.tokens(500_000).units() - 501, network.supply(Token.FLX));
    assertEquals(new Amount(500), network.available(Purse.TREASURY, Token.FLX));
    assertEquals(Amount.ZERO, network.available(Purse.FEES, Token.FLX));
    network.audit();
  }

  @Test
  void aboveParSomeIsMadeWithinTheCap() {
    collect(Amount.tokens(1_000));
    settle(1, Optional.of(Amount.tokens(11)));
    assertEquals(Amount.tokens(500_000 - 500 + 25).units(), network.supply(Token.FLX));
    collect(Amount.tokens(250_000));
    settle(2, Optional.of(Amount.tokens(20)));
    assertEquals(
        Amount.tokens(500_000 - 500 + 25 - 125_000 + 5_000).units(), network.supply(Token.FLX));
    network.audit();
  }

  @Test
  void belowParMoreIsBurned() {
    assertEquals(
        new FlxPolicy.Measure(new Amount(750), Amount.ZERO),
        POLICY.at(new Amount(9_500_000_000L), new Amount(1_000)));
    assertEquals(
        new FlxPolicy.Measure(new Amount(1_000), Amount.ZERO),
        POLICY.at(Amount.tokens(8), new Amount(1_000)));
  }

  @Test
  void withoutARateNothingIsMade() {
    collect(Amount.tokens(10));
    settle(1, Optional.empty());
    assertEquals(Amount.tokens(499_995).units(), network.supply(Token.FLX));
  }

  @Test
  void anEpochIsSettledOnce() {
    assertEquals(List.of(), settle(1, Optional.empty()));
    collect(Amount.tokens(10));
    settle(1, Optional.empty());
    collect(Amount.tokens(20));
    assertEquals(
        List.of(TransferStatus.EXISTS_WITH_DIFFERENT_AMOUNT, TransferStatus.BATCH_FAILED),
        settle(1, Optional.empty()));
    assertEquals(Amount.tokens(20), network.available(Purse.FEES, Token.FLX));
  }

  @Test
  void neverBurnsLessThanHalfNorMakesMoreThanTheBounds() {
    Property.check(
        "flx bounds",
        20_000,
        gen -> {
          Amount fees = new Amount(gen.nextLong() >>> gen.intBetween(1, 63));
          Amount rate = new Amount(gen.between(1, 40_000_000_000L));
          FlxPolicy.Measure measure = POLICY.at(rate, fees);
          long burn = measure.burn().units();
          assertTrue(burn >= fees.units() - burn, measure.toString());
          assertTrue(burn <= fees.units());
          Amount net = fees.minus(measure.burn());
          assertTrue(measure.mint().compareTo(POLICY.mintCap()) <= 0);
          assertTrue(measure.mint().units() <= net.units() / 20);
          assertTrue(rate.compareTo(FlxPolicy.PAR) > 0 || measure.mint().isZero());
        });
  }

  @Test
  void policiesOutsideTheRulesAreNotMade() {
    Amount cap = Amount.tokens(5_000);
    assertThrows(
        IllegalArgumentException.class, () -> new FlxPolicy(499_999, cap, 50_000, 100_000));
    assertThrows(
        IllegalArgumentException.class, () -> new FlxPolicy(500_000, cap, 50_001, 100_000));
    assertThrows(
        IllegalArgumentException.class,
        () -> new FlxPolicy(500_000, Amount.tokens(5_001), 50_000, 100_000));
  }
}
