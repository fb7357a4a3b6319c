package io.metanode.ledger.state;

import io.metanode.ledger.mempool.AccountView;
import io.metanode.ledger.mempool.Standing;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.Transaction;
import java.util.function.Supplier;

/** What the mempool asks, answered by a state machine for the newest state. Used by one thread. */
public final class LedgerAccounts implements AccountView {

  private final StateMachine machine;
  private final Supplier<? extends StateReader> state;

  public LedgerAccounts(StateMachine machine, Supplier<? extends StateReader> state) {
    this.machine = machine;
    this.state = state;
  }

  @Override
  public Standing standing(AccountId account) {
    return machine.standing(state.get(), account);
  }

  @Override
  public boolean maySucceed(Transaction transaction) {
    return machine.precheck(transaction) == 0;
  }
}
