package io.metanode.economy.supply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.TransferResult;
import io.metanode.economy.accounts.TransferStatus;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.testkit.Property;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeeSplitTest {

  private static FeeSplit split(long locked, long spendable, long owner, long treasury) {
    return new FeeSplit(
        new Amount(locked), new Amount(spendable), new Amount(owner), new Amount(treasury));
  }

  @Test
  void tenThousandAndSmallerThings() {
    assertEquals(split(20, 30, 20, 30), FeeSplit.of(new Amount(10_000)));
    assertEquals(split(0, 0, 0, 0), FeeSplit.of(new Amount(99)));
    assertEquals(split(0, 0, 0, 1), FeeSplit.of(new Amount(100)));
    assertEquals(split(1, 2, 1, 5), FeeSplit.of(new Amount(999)));
  }

  @Test
  void sharesSumToOnePercentAndTheTreasuryHasTheRemainder() {
    Property.check(
        "fee split",
        20_000,
        gen -> {
          long gross = gen.nextLong() >>> gen.intBetween(1, 63);
          FeeSplit split = FeeSplit.of(new Amount(gross));
          assertEquals(gross / 100, split.fee().units());
          assertEquals(new Amount(gross).times(2, 1_000), split.locked());
          assertEquals(split.locked(), split.owner());
          long above = split.treasury().units() - new Amount(gross).times(3, 1_000).units();
          assertTrue(above >= 0 && above <= 3, "treasury " + above + " above its share");
        });
  }

  private final Network network = new Network();

  private static TransferStatus last(List<TransferResult> results) {
    return results.getLast().status();
  }

  private TransferStatus pay(String job, Amount gross, long now) {
    return last(new JobPayment(job, Network.TENANT, Network.MINER, gross).pay(network.ledger, now));
  }

  private void fund(Amount amount) {
    network.move(Purse.GRANTS.of(Token.NEX), Network.TENANT, Token.NEX, amount, Network.GENESIS);
  }

  @Test
  void jobIsPaidOnceAndWholly() {
    fund(new Amount(25_000));
    long now = Network.GENESIS;
    assertEquals(TransferStatus.OK, pay("job 1", new Amount(10_000), now));
    assertEquals(new Amount(15_000), network.available(Network.TENANT));
    assertEquals(new Amount(9_930), network.available(Network.MINER));
    assertEquals(new Amount(20), network.available(Purse.OWNER, Token.NEX));
    assertEquals(new Amount(30), network.available(Purse.TREASURY, Token.NEX));
    AccountId reserve = MinerReserve.account(Network.MINER, now).id();
    assertEquals(new Amount(20), network.available(reserve));
    assertEquals(TransferStatus.BATCH_FAILED, pay("job 1", new Amount(10_000), now));
    assertEquals(TransferStatus.BATCH_FAILED, pay("job 1", new Amount(5_000), now + 1));
    assertEquals(TransferStatus.EXCEEDS_CREDITS, pay("job 2", new Amount(15_001), now));
    assertEquals(TransferStatus.OK, pay("job 2", new Amount(15_000), now));
    assertEquals(TransferStatus.AMOUNT_ZERO, pay("job 3", Amount.ZERO, now));
    network.audit();
  }

  @Test
  void reserveIsLockedUntilLongAfterItsPeriod() {
    fund(new Amount(10_000));
    long now = Network.GENESIS;
    pay("job", new Amount(10_000), now);
    var reserve = MinerReserve.account(Network.MINER, now);
    long free = reserve.lockedUntil();
    assertTrue(free - now > MinerReserve.LOCK_MILLIS);
    assertTrue(free - now <= MinerReserve.LOCK_MILLIS + MinerReserve.PERIOD_MILLIS);
    assertEquals(
        TransferStatus.DEBIT_ACCOUNT_LOCKED,
        network.move(reserve.id(), Network.MINER, Token.NEX, new Amount(20), free - 1).status());
    assertEquals(
        TransferStatus.OK,
        network.move(reserve.id(), Network.MINER, Token.NEX, new Amount(20), free).status());
  }
}
