package io.metanode.economy.machine;

import io.metanode.economy.accounts.Movement;
import io.metanode.economy.accounts.Transfer;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.accounts.TransferResult;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.supply.Codes;
import io.metanode.economy.supply.FlxEpoch;
import io.metanode.economy.supply.Purse;
import io.metanode.ledger.ModuleReader;
import java.util.List;
import java.util.Optional;

/**
 * Epochs of FLX. The first block that is an epoch's length after the one in which it began ends it:
 * the fees of all transactions since then go from the wallet in which the ledger collects them to
 * the purse of fees; part of them is burned, the rest is the treasury's, and where the posted rate
 * is above par some FLX is made.
 */
final class Epochs {

  private Epochs() {}

  static void begin(Session session) {
    Optional<EpochMark> running = session.fact(EpochMark.PLACE, EpochMark.class);
    boolean over =
        running
            .map(mark -> session.now() - mark.begin() >= session.rules().epochMillis())
            .orElse(false);
    if (over) {
      settle(running.get().begin(), session);
    }
    if (over || running.isEmpty()) {
      session.put(new EpochMark(session.now()));
    }
  }

  private static void settle(long epoch, Session session) {
    collect(epoch, session);
    Optional<Amount> rate = Prices.decide(session);
    List<TransferResult> results =
        FlxEpoch.settle(epoch, rate, session.rules().flx(), session.ledger(), session.now());
    if (!results.stream().allMatch(TransferResult::ok)) {
      throw new IllegalStateException("epoch " + epoch + " was not settled: " + results);
    }
  }

  private static void collect(long epoch, Session session) {
    int asset = Token.FLX.code();
    Amount fees = new Amount(session.state().wallet(ModuleReader.FEES, asset));
    if (fees.isZero()) {
      return;
    }
    session.state().take(ModuleReader.FEES, asset, fees.units());
    Movement movement =
        Movement.of(
            Purse.WALLETS.of(Token.FLX), Purse.FEES.of(Token.FLX), Token.FLX, fees, Codes.DEPOSIT);
    TransferResult result =
        session
            .ledger()
            .apply(
                new Transfer.Direct(TransferId.named("metanode flx fees " + epoch), movement),
                session.now());
    if (!result.ok()) {
      throw new IllegalStateException("the fees of epoch " + epoch + ": " + result);
    }
  }
}
