package io.metanode.ledger.ibft;

import io.metanode.crypto.BlsSignature;
import io.metanode.ledger.consensus.Validator;
import java.util.List;
import java.util.Optional;

/**
 * Checks signatures and seals. Answers are functions of the arguments, so that a host may give them
 * from what it verified in parallel before.
 */
public interface Authenticity {

  boolean authentic(Validator author, byte[] message, Signature signature);

  boolean sealed(Validator author, byte[] message, BlsSignature seal);

  /** Whether {@code aggregate} holds a seal of each of {@code signers} over {@code message}. */
  boolean allSealed(List<Validator> signers, byte[] message, BlsSignature aggregate);

  /** The aggregate of the seals; empty if one of them is none. */
  Optional<BlsSignature> aggregate(List<BlsSignature> seals);
}
