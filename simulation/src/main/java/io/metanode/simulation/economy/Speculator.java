package io.metanode.simulation.economy;

import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.money.Amount;
import io.metanode.testkit.Gen;

/**
 * Who trades a token for its price alone: buys what is below par and sells what is above, follows a
 * trend of the last days, and sometimes trades for no reason.
 */
final class Speculator {

  private static final double STAKE = 0.02;
  private static final double FAR = 0.05;

  private final AccountId account;
  private final boolean followsTrends;
  private double money;
  private double before = 1;

  Speculator(AccountId account, double money, boolean followsTrends) {
    this.account = account;
    this.money = money;
    this.followsTrends = followsTrends;
  }

  void trade(Pool pool, Books books, Gen gen) {
    double level = pool.level();
    double signal = followsTrends ? level - before : 1 - level;
    before = before + (level - before) / 7;
    if (gen.oneIn(5)) {
      signal = gen.bool() ? 1 : -1;
    }
    if (signal > FAR) {
      long stake = pool.spendable(money * STAKE * gen.between(0, 100) / 100);
      money -= pool.buy(account, stake).isZero() ? 0 : stake;
    } else if (signal < -FAR) {
      Amount some = books.held(account).times(gen.between(0, 20), 1_000);
      money += pool.sell(account, some);
    }
  }
}
