package io.metanode.ledger.state;

import io.metanode.ledger.mempool.AccountView;
import io.metanode.ledger.mempool.Standing;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.Transaction;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the mempool asks, answered by a state machine for the newest state. An answer is kept for as
 * long as that state is the newest: the mempool asks for each sender several times. Used by one
 * thread.
 */
public final class LedgerAccounts implements AccountView {

  private static final int MOST = 1 << 16;

  private final StateMachine machine;
  private final Supplier<? extends StateReader> state;
  private final Map<AccountId, Standing> standings = new HashMap<>();
  private @Nullable StateReader asOf;

  public LedgerAccounts(StateMachine machine, Supplier<? extends StateReader> state) {
    this.machine = machine;
    this.state = state;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // states are compared by identity: each block makes one
  public Standing standing(AccountId account) {
    StateReader now = state.get();
    if (now != asOf || standings.size() >= MOST) {
      standings.clear();
      asOf = now;
    }
    Standing known = standings.get(account);
    if (known == null) {
      known = machine.standing(now, account);
      standings.put(account, known);
    }
    return known;
  }

  @Override
  public boolean maySucceed(Transaction transaction) {
    return machine.precheck(transaction) == 0;
  }
}
