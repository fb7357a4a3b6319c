package io.metanode.ledger.transaction;

import java.util.List;

/**
 * Decides whether a transaction's signature holds. Every implementation must accept exactly what
 * {@link Ed25519Check} accepts: a difference would split the chain. Safe for use by many threads.
 */
@FunctionalInterface
public interface SignatureCheck {

  boolean holds(Transaction transaction);

  /** Whether each holds, in their order; the verdicts are those of {@link #holds}. */
  default boolean[] hold(List<Transaction> transactions) {
    boolean[] verdicts = new boolean[transactions.size()];
    for (int i = 0; i < verdicts.length; i++) {
      verdicts[i] = holds(transactions.get(i));
    }
    return verdicts;
  }
}
