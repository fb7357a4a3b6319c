package io.metanode.ledger.service;

/**
 * What came of a transaction.
 *
 * @param height the block that holds it
 * @param code the state machine's result
 */
public record Outcome(long height, int code) {}
