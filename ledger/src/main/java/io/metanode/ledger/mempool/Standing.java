package io.metanode.ledger.mempool;

/**
 * What an account may do next.
 *
 * @param nextSequence the sequence its next transaction must have
 * @param feesPayable what it could pay in fees, in FLX minor units
 */
public record Standing(long nextSequence, long feesPayable) {}
