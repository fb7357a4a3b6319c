package io.metanode.economy.supply;

import io.metanode.economy.accounts.Account;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.AccountLedger;
import io.metanode.economy.accounts.Movement;
import io.metanode.economy.accounts.Transfer;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.accounts.TransferResult;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.price.AttestedReserve;
import io.metanode.foundation.Bytes32;
import java.util.Optional;

/**
 * AUR for one settlement between banks. It is made pending: in transit for at most 60 s, within
 * which the receiving bank accepts it; if it does not, the ledger destroys it, and nobody ever had
 * it. What a bank holds it redeems, which destroys it too.
 *
 * @param settlement the settlement's name, unique for ever
 * @param bank the receiving bank's AUR account
 */
public record AurIssue(String settlement, AccountId bank, Amount amount) {

  /** How long AUR is in transit at most, in seconds. */
  public static final int TRANSIT_SECONDS = 60;

  /** What comes of it. */
  public sealed interface Outcome {

    /** It is in transit. */
    record InTransit() implements Outcome {}

    /** The account is not a bank's, or there is none. */
    record NotABank() implements Outcome {}

    /** The reserve would not be above all AUR, that in transit included. */
    record NotBacked(Amount reserve, Amount outstanding) implements Outcome {}

    /** The ledger refused. */
    record Refused(TransferResult result) implements Outcome {}
  }

  /**
   * Puts it in transit.
   *
   * @param reserve the newest attestation that was accepted; one that expired backs nothing
   */
  public Outcome send(AttestedReserve reserve, AccountLedger ledger, long now) {
    Optional<Account> account = ledger.account(bank);
    if (account.isEmpty() || account.get().terms().code() != Codes.BANK) {
      return new Outcome.NotABank();
    }
    Amount outstanding = Supply.of(Token.AUR, ledger).all();
    Amount backed = reserve.at(now);
    boolean above =
        outstanding.compareTo(backed) < 0 && amount.compareTo(backed.minus(outstanding)) < 0;
    if (!above) {
      return new Outcome.NotBacked(backed, outstanding);
    }
    Movement movement = Movement.of(Purse.ISSUE.of(Token.AUR), bank, Token.AUR, amount, Codes.MINT);
    TransferResult result =
        ledger.apply(new Transfer.Pending(id("transit"), movement, TRANSIT_SECONDS), now);
    return result.ok() ? new Outcome.InTransit() : new Outcome.Refused(result);
  }

  /** The bank accepts what is in transit. */
  public TransferResult accept(AccountLedger ledger, long now) {
    return ledger.apply(
        new Transfer.PostPending(id("accepted"), id("transit"), Amount.MAX, Bytes32.ZERO), now);
  }

  /** The bank gives back what it accepted, for gold or money outside. */
  public TransferResult redeem(AccountLedger ledger, long now) {
    Movement movement = Movement.of(bank, Purse.ISSUE.of(Token.AUR), Token.AUR, amount, Codes.BURN);
    return ledger.apply(new Transfer.Direct(id("redeemed"), movement), now);
  }

  /** The id of the pending transfer by which the AUR of a settlement is in transit. */
  public static TransferId transit(String settlement) {
    return id("transit", settlement);
  }

  private TransferId id(String step) {
    return id(step, settlement);
  }

  private static TransferId id(String step, String settlement) {
    return TransferId.named("metanode aur " + step + " " + settlement);
  }
}
