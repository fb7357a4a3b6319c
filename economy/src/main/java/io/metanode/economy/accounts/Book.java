package io.metanode.economy.accounts;

import java.util.Optional;

/** The state by what it holds. */
final class Book {

  private final Entries state;

  Book(Entries state) {
    this.state = state;
  }

  Optional<Account> account(AccountId id) {
    return state.get(EntryKey.account(id)).map(Account.class::cast);
  }

  /** An account that a transfer names, which was there when the transfer was made. */
  Account known(AccountId id) {
    return account(id)
        .orElseThrow(() -> new IllegalStateException("the state has lost account " + id));
  }

  Optional<TransferRecord> transfer(TransferId id) {
    return state.get(EntryKey.transfer(id)).map(TransferRecord.class::cast);
  }

  Optional<BalanceChange> change(AccountId account, long number) {
    return state.get(EntryKey.change(account, number)).map(BalanceChange.class::cast);
  }

  void put(Entry entry) {
    state.put(entry);
  }

  ExpiryQueue expiries() {
    return new ExpiryQueue(state);
  }

  /** What a transfer does to its two accounts. */
  void move(Movement movement, Balance.Change change, long now) {
    Account debit = known(movement.debit());
    rebalance(debit, debit.balance().debit(change), now);
    Account credit = known(movement.credit());
    rebalance(credit, credit.balance().credit(change), now);
  }

  private void rebalance(Account account, Balance balance, long now) {
    if (balance.equals(account.balance())) {
      return;
    }
    Account after = account.with(balance);
    if (account.is(AccountFlags.HISTORY)) {
      state.put(new BalanceChange(account.id(), account.changes(), now, balance));
      after = after.kept();
    }
    state.put(after);
  }
}
