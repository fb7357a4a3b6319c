package io.metanode.ledger.peers;

import io.metanode.ledger.consensus.ValidatorId;

/**
 * How a link does.
 *
 * @param queuedBytes waiting to be sent
 * @param droppedFrames that did not fit in their lane
 */
public record LinkStatus(
    ValidatorId peer,
    long queuedBytes,
    long droppedFrames,
    long sentBytes,
    long receivedBytes,
    long receivedFrames) {}
