package io.metanode.ledger.mempool;

import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.Transaction;

/** What a mempool asks of the state after the last block. */
public interface AccountView {

  Standing standing(AccountId account);

  /** Whether the transaction may succeed in some state. */
  boolean maySucceed(Transaction transaction);
}
