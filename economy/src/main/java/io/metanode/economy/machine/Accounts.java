package io.metanode.economy.machine;

import io.metanode.economy.accounts.AccountFlags;
import io.metanode.economy.accounts.AccountStatus;
import io.metanode.economy.accounts.AccountTerms;
import io.metanode.economy.money.Amount;
import io.metanode.economy.supply.Codes;
import io.metanode.foundation.Bytes32;

/** Accounts that somebody owns. None spends more than it has: nobody grants himself a credit. */
final class Accounts {

  private static final AccountFlags KEPT =
      new AccountFlags(AccountFlags.DEBITS_WITHIN_CREDITS | AccountFlags.HISTORY);

  private Accounts() {}

  static AccountStatus open(Bytes32 owner, Step.Open open, Session session) {
    return open(
        owner,
        new AccountTerms(
            Names.account(owner, open.token(), open.number()),
            open.token(),
            Codes.WALLET,
            open.history() ? KEPT : AccountFlags.WALLET,
            Amount.ZERO,
            open.lockedUntil()),
        session);
  }

  static AccountStatus open(Bytes32 owner, AccountTerms terms, Session session) {
    AccountStatus status = session.ledger().open(terms, session.now());
    if (status == AccountStatus.OK) {
      session.put(new Owner(terms.id(), owner));
    }
    return status;
  }
}
