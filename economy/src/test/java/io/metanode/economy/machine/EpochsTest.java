package io.metanode.economy.machine;

import static io.metanode.economy.machine.EconomyChain.person;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.crypto.PrivateKeySigner;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.price.PriceRules;
import io.metanode.economy.supply.Purse;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.ModuleReader;
import io.metanode.testkit.Gen;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Epochs of FLX on a ledger whose transactions pay fees, and the prices that sources quote. */
class EpochsTest {

  private static final long HOUR = 3_600_000;
  private static final Step OPEN = new Step.Open(Token.NEX, 0, false, 0);

  private final EconomyChain chain = new EconomyChain(4);

  @AfterEach
  void everythingIsAccountedFor() {
    assertEquals(List.of(), chain.faults());
    assertEquals(chain.state.root(), chain.replayed());
  }

  private long collected() {
    return chain.reader().wallet(ModuleReader.FEES, Token.FLX.code());
  }

  private long supply() {
    return chain.audit().supply(Token.FLX).units();
  }

  /** Key bytes that are a key; people of the chain are none. */
  private static Bytes32 source(int number) {
    return Bytes32.of(PrivateKeySigner.generate(new Gen(number)).publicKey().bytes());
  }

  @Test
  void whenAnEpochIsOverHalfOfTheFeesAreBurnedAndTheTreasuryHasTheOthers() {
    chain.perform(1, OPEN);
    chain.perform(2, OPEN);
    assertEquals(2 * 100 * EconomyChain.FEE, collected());
    assertEquals(Amount.tokens(500_000).units(), supply());
    chain.now = EconomyChain.START + 100 + HOUR - 200;
    chain.block();
    assertEquals(2 * 100 * EconomyChain.FEE, collected(), "not over yet");
    chain.block();
    assertEquals(0, collected());
    long half = 100 * EconomyChain.FEE;
    assertEquals(Amount.tokens(500_000).units() - half, supply());
    assertEquals(half, chain.available(Purse.TREASURY.of(Token.FLX)));
    assertEquals(0, chain.available(Purse.FEES.of(Token.FLX)));
    Bytes32 before = chain.state.root();
    chain.block();
    assertEquals(before, chain.state.root(), "once");
  }

  @Test
  void aLedgerThatSleptThroughEpochsSettlesOne() {
    chain.perform(1, OPEN);
    chain.now += 10 * HOUR;
    chain.block();
    assertEquals(0, collected());
    assertEquals(
        chain.now, chain.session().fact(EpochMark.PLACE, EpochMark.class).orElseThrow().begin());
  }

  /** Three sources that have wallets, and the first of which quote. */
  private void name(Bytes32... sources) {
    AccountId voter = chain.voter(0, 9 * EconomyChain.WALLET);
    chain.enact(1, voter, new Change.SetSources(new Sources(PriceRules.DEFAULT, List.of(sources))));
    chain.perform(1, new Step.Open(Token.FLX, 0, false, 0), deposit());
    for (Bytes32 source : sources) {
      assertEquals(0, chain.perform(1, withdraw(source)));
    }
  }

  private static Step deposit() {
    return new Step.Deposit(
        EconomyChain.reference(50),
        EconomyChain.account(1, Token.FLX),
        Token.FLX,
        new Amount(EconomyChain.WALLET / 2));
  }

  private static Step withdraw(Bytes32 wallet) {
    return new Step.Withdraw(
        new TransferId(wallet),
        EconomyChain.account(1, Token.FLX),
        Token.FLX,
        new Amount(EconomyChain.WALLET / 10),
        wallet);
  }

  private int quote(Bytes32 source, String price) {
    Amount units = new Amount(new BigDecimal(price).movePointRight(9).longValueExact());
    return chain.block(new EconomyChain.Ask(source, new Operation.Quote(units))).getFirst();
  }

  private void nextEpoch() {
    long begin = chain.session().fact(EpochMark.PLACE, EpochMark.class).orElseThrow().begin();
    chain.now = begin + HOUR - 600;
  }

  private PriceState prices() {
    return Prices.state(chain.session());
  }

  @Test
  void sourcesThatAgreePostARateAndFlxAboveParIsMade() {
    name(source(1), source(2), source(3));
    assertEquals(
        MarketStatus.NOT_A_SOURCE.code(), chain.perform(1, new Operation.Quote(new Amount(1))));
    nextEpoch();
    assertEquals(0, quote(source(1), "10.5"));
    assertEquals(0, quote(source(2), "10.6"));
    assertEquals(0, quote(source(3), "10.55"));
    long fees = collected();
    long before = supply();
    chain.block();
    chain.block();
    chain.block();
    assertEquals(
        List.of(new Amount(10_550_000_000L)),
        prices().posted().stream().map(rate -> rate.price()).toList());
    long burned = (fees + 1) / 2;
    long made = (fees - burned) / 20 * 550_000 / 1_000_000;
    assertTrue(made > 0, "fees of " + fees);
    assertEquals(before - burned + made, supply());
  }

  @Test
  void aRateMovesLessThanATenthInADayAndSourcesThatDisagreePostNone() {
    name(source(1), source(2), source(3));
    AccountId voter = Names.account(person(0), Token.GEN, 9);
    chain.enact(2, voter, new Change.SetBank(person(2), true));
    chain.enact(3, voter, new Change.SetNotaries(new NotarySet(1, List.of(source(1)))));
    nextEpoch();
    quote(source(1), "10");
    quote(source(2), "10");
    quote(source(3), "10");
    chain.block();
    chain.block();
    chain.block();
    nextEpoch();
    quote(source(1), "20");
    quote(source(2), "20");
    quote(source(3), "20");
    chain.block();
    chain.block();
    chain.block();
    assertEquals(
        List.of(new Amount(10_000_000_000L), new Amount(10_999_999_999L)),
        prices().posted().stream().map(rate -> rate.price()).toList());
    nextEpoch();
    quote(source(1), "10");
    quote(source(2), "10.1");
    quote(source(3), "10.3");
    assertFalse(prices().disagree());
    chain.block();
    chain.block();
    chain.block();
    assertTrue(prices().disagree());
    assertEquals(2, prices().posted().size());
    Issue issue = new Issue(source(9), Names.account(person(2), Token.AUR, 0), new Amount(1));
    Operation asked = new Operation.IssueAur(issue);
    assertEquals(
        List.of(MarketStatus.PRICES_DISAGREE.code()),
        chain.block(new EconomyChain.Ask(source(1), asked)));
  }
}
