package io.metanode.ledger.state;

import io.metanode.ledger.transaction.ChainTag;

/**
 * What a state machine knows of the block it applies: all it may depend on besides the state.
 *
 * @param timeMillis the header's
 */
public record BlockContext(ChainTag chain, long height, long timeMillis) {}
