package io.metanode.ledger.ibft;

import io.metanode.ledger.consensus.ValidatorId;

/** A payload with its author's signature over {@link PayloadCodec#signingBytes}. */
public record Signed<P extends Payload>(P payload, ValidatorId author, Signature signature) {}
