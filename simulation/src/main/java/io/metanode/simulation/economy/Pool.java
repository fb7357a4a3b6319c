package io.metanode.simulation.economy;

import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.AccountTerms;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Fixed;
import io.metanode.economy.money.Token;
import io.metanode.economy.supply.Codes;

/**
 * Where a token is bought and sold for AUR outside of the ledger: a constant-product market. The
 * tokens are in an account of the ledger, the money beside it is a number.
 */
final class Pool {

  final AccountId account;
  final Token token;
  private final Books books;
  private long cash;

  /** A pool with tokens in its account already, at par. */
  Pool(Token token, Books books) {
    this.token = token;
    this.books = books;
    account = AccountId.named("pool " + token);
    books.open(AccountTerms.wallet(account, token, Codes.WALLET));
  }

  void startAtPar() {
    cash = tokens() * token.par();
  }

  private long tokens() {
    return books.held(account).units();
  }

  /** Of one token, in AUR. */
  Amount price() {
    return new Amount(Math.max(1, Fixed.mulDivFloor(cash, Amount.UNITS, tokens())));
  }

  /** Price against par. */
  double level() {
    return (double) price().units() / token.par() / Amount.UNITS;
  }

  /** So much of some money as may be spent here at once: at most a fifth of what there is. */
  long spendable(double money) {
    return (long) Math.max(0, Math.min(money, cash / 5.0));
  }

  /** Buys for what {@link #spendable} allows; the tokens. */
  Amount buy(AccountId buyer, long money) {
    Amount bought = new Amount(Fixed.mulDivFloor(tokens(), money, Math.addExact(cash, money)));
    if (!books.move(account, buyer, token, bought)) {
      return Amount.ZERO;
    }
    cash += money;
    return bought;
  }

  /** Sells so many tokens; the money. */
  long sell(AccountId seller, Amount amount) {
    long paid = Fixed.mulDivFloor(cash, amount.units(), Math.addExact(tokens(), amount.units()));
    if (!books.move(seller, account, token, amount)) {
      return 0;
    }
    cash -= paid;
    return paid;
  }
}
