package io.metanode.receipts;

import io.metanode.foundation.Digest;

/**
 * A receipt at its place in a log.
 *
 * @param index its place, from 0
 * @param leafHash its Merkle leaf hash (RFC 6962), which the next one names
 */
public record LoggedReceipt(long index, Digest leafHash, StepReceipt receipt) {}
