package io.metanode.ledger.transaction;

/**
 * Decides whether a transaction's signature holds. Every implementation must accept exactly what
 * {@link Ed25519Check} accepts: a difference would split the chain. Safe for use by many threads.
 */
@FunctionalInterface
public interface SignatureCheck {

  boolean holds(Transaction transaction);
}
