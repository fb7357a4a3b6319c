package io.metanode.simulation.economy;

import io.metanode.economy.accounts.Account;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.AccountLedger;
import io.metanode.economy.accounts.AccountStatus;
import io.metanode.economy.accounts.AccountTerms;
import io.metanode.economy.accounts.EntriesInMemory;
import io.metanode.economy.accounts.LedgerAudit;
import io.metanode.economy.accounts.Movement;
import io.metanode.economy.accounts.Transfer;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.supply.Codes;
import io.metanode.economy.supply.GenesisSupply;
import io.metanode.foundation.Bytes32;
import java.util.List;

/** The ledger of a run, after its genesis, and its time. */
final class Books {

  private static final long DAY_MILLIS = 86_400_000;

  private final EntriesInMemory state = new EntriesInMemory();
  final AccountLedger ledger = new AccountLedger(state);
  private long now;
  private long made;

  Books() {
    GenesisSupply.create(ledger, now);
  }

  long now() {
    return now;
  }

  void nextDay() {
    now += DAY_MILLIS;
    ledger.expire(now, Integer.MAX_VALUE);
  }

  void open(AccountTerms terms) {
    AccountStatus status = ledger.open(terms, now);
    if (status != AccountStatus.OK) {
      throw new IllegalStateException("an account of the simulation: " + status);
    }
  }

  Amount held(AccountId id) {
    return ledger.account(id).map(Account::available).orElse(Amount.ZERO);
  }

  boolean move(AccountId from, AccountId to, Token token, Amount amount) {
    Movement movement = Movement.of(from, to, token, amount, Codes.WALLET);
    TransferId id = new TransferId(new Bytes32(0x5151, 0, 0, ++made));
    return ledger.apply(new Transfer.Direct(id, movement), now).ok();
  }

  /** What the audit finds wrong. */
  List<String> faults() {
    return LedgerAudit.of(state).faults();
  }
}
