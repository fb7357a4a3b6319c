package io.metanode.ledger.peers;

import io.metanode.ledger.consensus.ValidatorId;

/**
 * A frame that arrived.
 *
 * @param from who proved its key on the link
 * @param processed to be run once the frame is done with: until then it counts against what its
 *     peer may have waiting here
 */
public record Received(ValidatorId from, Frame frame, Runnable processed) {}
