package io.metanode.ledger.state;

import io.metanode.foundation.Bytes;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.AccountTable;
import java.util.List;
import java.util.Optional;

/**
 * The newest state, of which accounts that were read lately are kept decoded: the mempool asks for
 * a sender several times before a block holds its transaction, and whoever paid or was paid is seen
 * again soon. The answers are those of the state alone. Used by one thread.
 */
public final class RecentAccounts implements StateReader {

  private static final int MOST = 1 << 16;
  private static final int EXPECTED = 1 << 10;

  private final AccountTable<AccountRead> reads = new AccountTable<>(EXPECTED);
  private StateReader state = StateTree.EMPTY;

  /** Of this state now. */
  @SuppressWarnings("ReferenceEquality") // states are compared by identity: each block makes one
  public RecentAccounts of(StateReader now) {
    if (now != state) {
      reads.clear();
      state = now;
    }
    return this;
  }

  /** Of the state that a block made of the one before. */
  void follow(StateReader after, List<AccountRead> changed) {
    changed.forEach(this::keep);
    state = after;
  }

  @Override
  public Optional<Bytes> get(StateKey key) {
    return state.get(key);
  }

  @Override
  public AccountRead account(AccountId id) {
    AccountRead known = reads.get(id);
    if (known != null) {
      return known;
    }
    AccountRead read = AccountRead.of(id, state);
    keep(read);
    return read;
  }

  private void keep(AccountRead read) {
    if (reads.size() >= MOST) {
      reads.clear();
    }
    reads.put(read.id(), read);
  }
}
