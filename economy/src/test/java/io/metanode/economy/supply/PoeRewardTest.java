package io.metanode.economy.supply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.economy.accounts.TransferResult;
import io.metanode.economy.accounts.TransferStatus;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.poe.PoeParameters;
import io.metanode.economy.poe.Usage;
import org.junit.jupiter.api.Test;

class PoeRewardTest {

  private static final Usage USAGE =
      new Usage(1_000_000_000, 500_000_000, 1_000_000, 10_000_000, 100_000_000);
  private static final Amount WORTH = new Amount(480_519_480_519L);

  private final Network network = new Network();

  private TransferResult pay(long window, Usage usage) {
    return new PoeReward(Network.MINER, window, usage)
        .pay(network.ledger, PoeParameters.DEFAULT, Network.GENESIS);
  }

  @Test
  void paidFromTheMiningAllocationFirst() {
    assertEquals(new TransferResult(TransferStatus.OK, WORTH), pay(1, USAGE));
    assertEquals(WORTH, network.available(Network.MINER));
    assertEquals(Amount.tokens(300_000).units(), network.supply(Token.NEX));
    assertEquals(Amount.tokens(200_000).minus(WORTH), network.available(Purse.MINING, Token.NEX));
    network.audit();
  }

  private void leaveInStock(Amount amount) {
    network.move(
        Purse.MINING.of(Token.NEX),
        Purse.TREASURY.of(Token.NEX),
        Token.NEX,
        Amount.tokens(200_000).minus(amount),
        Network.GENESIS);
  }

  @Test
  void madeAnewWhenTheAllocationIsUsedUp() {
    leaveInStock(Amount.tokens(100));
    assertEquals(new TransferResult(TransferStatus.OK, WORTH), pay(1, USAGE));
    assertEquals(WORTH, network.available(Network.MINER));
    long made = WORTH.units() - Amount.tokens(100).units();
    assertEquals(Amount.tokens(300_000).units() + made, network.supply(Token.NEX));
    assertEquals(new TransferResult(TransferStatus.OK, WORTH), pay(2, USAGE));
    assertEquals(Amount.tokens(300_000).units() + made + WORTH.units(), network.supply(Token.NEX));
    network.audit();
  }

  @Test
  void aWindowIsRewardedOnce() {
    leaveInStock(WORTH);
    assertEquals(TransferStatus.OK, pay(1, USAGE).status());
    // The stock is empty now, so a second claim would be made anew, were it not for its id.
    assertEquals(TransferStatus.EXISTS_WITH_DIFFERENT_DEBIT_ACCOUNT, pay(1, USAGE).status());
    Usage other = USAGE.plus(USAGE);
    assertEquals(TransferStatus.EXISTS_WITH_DIFFERENT_DEBIT_ACCOUNT, pay(1, other).status());
    assertEquals(WORTH, network.available(Network.MINER));
    assertEquals(TransferStatus.OK, pay(2, USAGE).status());
    assertEquals(TransferStatus.EXISTS, pay(2, USAGE).status());
    assertEquals(TransferStatus.EXISTS_WITH_DIFFERENT_AMOUNT, pay(2, other).status());
    network.audit();
  }

  @Test
  void noWorkNoReward() {
    assertEquals(TransferStatus.AMOUNT_ZERO, pay(1, Usage.NONE).status());
  }
}
