package io.metanode.ledger.light;

import io.metanode.ledger.consensus.ChainId;
import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.ValidatorSet;

/** Decides whether a quorum sealed a block. */
@FunctionalInterface
public interface SealCheck {

  boolean holds(CommitCertificate certificate, ChainId chain, ValidatorSet validators);
}
