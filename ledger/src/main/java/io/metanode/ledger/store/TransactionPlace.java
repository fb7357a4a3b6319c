package io.metanode.ledger.store;

/**
 * Where a decided transaction is.
 *
 * @param index from 0, in its block
 */
public record TransactionPlace(long height, int index) {}
