package io.metanode.simulation.economy;

import io.metanode.economy.accounts.AccountId;

/** Who does the work: capacity grows with its margin, and it leaves if it loses for a month. */
final class Provider {

  private static final double HIGH_MARGIN = 0.30;
  private static final double GROWTH = 0.01;
  private static final int PATIENCE_DAYS = 30;

  final AccountId account;
  private double capacity;
  private int losingDays;
  private boolean gone;

  /**
   * @param capacity the jobs it can do a day, in NEX at list price
   */
  Provider(AccountId account, double capacity) {
    this.account = account;
    this.capacity = capacity;
  }

  double capacity() {
    return gone ? 0 : capacity;
  }

  void leave() {
    gone = true;
  }

  /** Learns what the day brought: income and cost, in AUR. */
  void conclude(double income, double cost) {
    if (gone || income <= 0) {
      return;
    }
    double margin = (income - cost) / income;
    losingDays = margin < 0 ? losingDays + 1 : 0;
    gone = losingDays >= PATIENCE_DAYS;
    if (margin > HIGH_MARGIN) {
      capacity *= 1 + GROWTH;
    }
  }
}
