package io.metanode.ledger.mempool;

import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.Transaction;

/** What a mempool asks of the state after the last block. */
public interface AccountView {

  /** The sequence the account's next transaction must have. */
  long nextSequence(AccountId account);

  /** What the account could pay in fees, in FLX minor units. */
  long feesPayable(AccountId account);

  /** Whether the transaction may succeed in some state. */
  boolean maySucceed(Transaction transaction);
}
