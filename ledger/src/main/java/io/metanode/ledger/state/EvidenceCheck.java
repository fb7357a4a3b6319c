package io.metanode.ledger.state;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import java.util.Optional;

/** Decides whether evidence proves that a validator contradicted itself. Deterministic. */
@FunctionalInterface
public interface EvidenceCheck {

  /** The Ed25519 key of the validator it convicts; empty if it proves nothing. */
  Optional<Bytes32> offender(Bytes evidence);
}
