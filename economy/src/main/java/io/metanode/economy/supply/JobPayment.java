package io.metanode.economy.supply;

import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.AccountLedger;
import io.metanode.economy.accounts.AccountTerms;
import io.metanode.economy.accounts.Movement;
import io.metanode.economy.accounts.Transfer;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.accounts.TransferResult;
import io.metanode.economy.accounts.TransferStatus;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * The payment of a job in NEX: the miner has its gross value less the fee, and the fee's shares go
 * where {@link FeeSplit} says. All or nothing, and once for each job.
 *
 * @param job the job's name, unique for ever
 */
public record JobPayment(String job, AccountId payer, AccountId miner, Amount gross) {

  /** Pays; the first result that is not OK tells why not. */
  public List<TransferResult> pay(AccountLedger ledger, long now) {
    AccountTerms reserve = MinerReserve.account(miner, now);
    ledger.open(reserve, now);
    return ledger.applyAll(transfers(reserve.id()), now);
  }

  /**
   * Takes the fee out of what the miner was paid already, in one transfer.
   *
   * @param payment that transfer
   * @return the first result that is not OK, or OK with the fee
   */
  public static TransferResult charge(
      TransferId payment, AccountId miner, Amount gross, AccountLedger ledger, long now) {
    FeeSplit split = FeeSplit.of(gross);
    AccountId reserve = MinerReserve.account(miner, now).id();
    List<Transfer> batch = new ArrayList<>();
    charge(batch, "locked " + payment, miner, reserve, split.locked());
    charge(batch, "owner " + payment, miner, Purse.OWNER.of(Token.NEX), split.owner());
    charge(batch, "treasury " + payment, miner, Purse.TREASURY.of(Token.NEX), split.treasury());
    return ledger.applyAll(batch, now).stream()
        .filter(result -> !result.ok() && result.status() != TransferStatus.BATCH_FAILED)
        .findFirst()
        .orElse(new TransferResult(TransferStatus.OK, split.fee()));
  }

  private static void charge(
      List<Transfer> batch, String part, AccountId from, AccountId to, Amount amount) {
    if (!amount.isZero()) {
      batch.add(
          new Transfer.Direct(
              TransferId.named("metanode fee " + part),
              Movement.of(from, to, Token.NEX, amount, Codes.FEE)));
    }
  }

  /** The batch, for a given account of the miner's reserve. */
  List<Transfer> transfers(AccountId reserve) {
    FeeSplit split = FeeSplit.of(gross);
    List<Transfer> batch = new ArrayList<>();
    add(batch, "net", miner, gross.minus(split.fee()), Codes.JOB);
    add(batch, "locked", reserve, split.locked(), Codes.FEE);
    add(batch, "spendable", miner, split.spendable(), Codes.FEE);
    add(batch, "owner", Purse.OWNER.of(Token.NEX), split.owner(), Codes.FEE);
    add(batch, "treasury", Purse.TREASURY.of(Token.NEX), split.treasury(), Codes.FEE);
    return batch;
  }

  private void add(List<Transfer> batch, String part, AccountId to, Amount amount, int code) {
    // The first part is there even if it is nothing, so that a job of nothing is refused.
    if (batch.isEmpty() || !amount.isZero()) {
      batch.add(
          new Transfer.Direct(
              TransferId.named("metanode job " + part + " " + job),
              Movement.of(payer, to, Token.NEX, amount, code)));
    }
  }
}
