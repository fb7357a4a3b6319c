package io.metanode.ledger.state;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.mempool.Standing;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.Transaction;
import java.util.List;

/**
 * What the ledger's transactions mean. Equal arguments give equal answers on every validator, for
 * ever: an implementation reads no clock, draws no randomness, and iterates nothing whose order is
 * not fixed. Safe for use by many threads.
 */
public interface StateMachine {

  /**
   * Applies a block: its evidence, then its transactions, in their order. Their signatures hold;
   * that evidence proves anything is for the machine to find.
   */
  Applied apply(BlockContext context, List<Transaction> transactions, StateReader before);

  /** The validators that decide {@code height}, as the state plans it. */
  ValidatorRoster roster(StateReader state, long height);

  /** The digest of {@link #roster}. */
  default Bytes32 validators(StateReader state, long height) {
    return roster(state, height).digest();
  }

  /** Whether a block may hold the evidence: it proves something, and that has a consequence. */
  boolean convicts(StateReader state, Bytes evidence);

  /** What the account may do next. */
  Standing standing(StateReader state, AccountId account);

  /**
   * The code a transaction would fail with whatever the state is; 0 if there is none. For the
   * mempool, which need not carry what cannot succeed.
   */
  int precheck(Transaction transaction);
}
