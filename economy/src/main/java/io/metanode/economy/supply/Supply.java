package io.metanode.economy.supply;

import io.metanode.economy.accounts.Account;
import io.metanode.economy.accounts.AccountLedger;
import io.metanode.economy.accounts.Balance;
import io.metanode.economy.accounts.Total;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;

/**
 * How much of a token there is.
 *
 * @param outstanding what all other accounts hold together
 * @param inTransit what is held to be made but not there yet
 */
public record Supply(Amount outstanding, Amount inTransit) {

  /**
   * The supply by the account the token comes from.
   *
   * @throws IllegalStateException if the ledger has no genesis
   */
  public static Supply of(Token token, AccountLedger ledger) {
    Account issue =
        ledger
            .account(Purse.ISSUE.of(token))
            .orElseThrow(() -> new IllegalStateException("nothing issues " + token));
    Balance balance = issue.balance();
    return new Supply(
        balance.debitsPosted().above(balance.creditsPosted()),
        balance.debitsPending().above(Total.ZERO));
  }

  /** Both. */
  public Amount all() {
    return outstanding.plus(inTransit);
  }
}
