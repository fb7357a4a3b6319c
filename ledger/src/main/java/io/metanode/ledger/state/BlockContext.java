package io.metanode.ledger.state;

import io.metanode.foundation.Bytes;
import io.metanode.ledger.transaction.ChainTag;
import java.util.List;

/**
 * What a state machine knows of the block it applies: all it may depend on besides the state.
 *
 * @param timeMillis the header's
 * @param evidence what the block holds against validators
 */
public record BlockContext(ChainTag chain, long height, long timeMillis, List<Bytes> evidence) {}
