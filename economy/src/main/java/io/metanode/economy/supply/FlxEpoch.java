package io.metanode.economy.supply;

import io.metanode.economy.accounts.Account;
import io.metanode.economy.accounts.AccountLedger;
import io.metanode.economy.accounts.Movement;
import io.metanode.economy.accounts.Transfer;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.accounts.TransferResult;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The end of an epoch of FLX: the fees collected are burned in part and go to the treasury for the
 * rest, and some FLX is made. All or nothing, and once for each epoch.
 */
public final class FlxEpoch {

  private FlxEpoch() {}

  /**
   * Settles an epoch.
   *
   * @param rate of one FLX in AUR, if one stands
   * @return one result for each transfer; none if there was nothing to do
   */
  public static List<TransferResult> settle(
      long epoch, Optional<Amount> rate, FlxPolicy policy, AccountLedger ledger, long now) {
    Amount fees =
        ledger.account(Purse.FEES.of(Token.FLX)).map(Account::available).orElse(Amount.ZERO);
    FlxPolicy.Measure measure =
        rate.map(at -> policy.at(at, fees)).orElseGet(() -> policy.withoutRate(fees));
    List<Transfer> batch = new ArrayList<>();
    add(batch, epoch, Purse.FEES, Purse.ISSUE, measure.burn(), Codes.BURN);
    add(batch, epoch, Purse.FEES, Purse.TREASURY, fees.minus(measure.burn()), Codes.FEE);
    add(batch, epoch, Purse.ISSUE, Purse.CIRCULATION, measure.mint(), Codes.MINT);
    return ledger.applyAll(batch, now);
  }

  private static void add(
      List<Transfer> batch, long epoch, Purse from, Purse to, Amount amount, int code) {
    if (!amount.isZero()) {
      // The number in the batch, not the kind: an epoch whose first transfer exists is settled.
      TransferId id = TransferId.named("metanode flx epoch " + epoch + " " + batch.size());
      batch.add(
          new Transfer.Direct(
              id, Movement.of(from.of(Token.FLX), to.of(Token.FLX), Token.FLX, amount, code)));
    }
  }
}
