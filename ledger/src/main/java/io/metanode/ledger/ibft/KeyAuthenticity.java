package io.metanode.ledger.ibft;

import io.metanode.crypto.BlsPublicKey;
import io.metanode.crypto.BlsSignature;
import io.metanode.ledger.consensus.Validator;
import java.util.List;
import java.util.Optional;

/** Checks with the validators' public keys. Safe for use by many threads. */
public final class KeyAuthenticity implements Authenticity {

  @Override
  public boolean authentic(Validator author, byte[] message, Signature signature) {
    return author.key().verifies(message, signature.bytes());
  }

  @Override
  public boolean sealed(Validator author, byte[] message, BlsSignature seal) {
    return author.sealKey().verifies(message, seal);
  }

  @Override
  public boolean allSealed(List<Validator> signers, byte[] message, BlsSignature aggregate) {
    return BlsPublicKey.allVerify(
        signers.stream().map(Validator::sealKey).toList(), message, aggregate);
  }

  @Override
  public Optional<BlsSignature> aggregate(List<BlsSignature> seals) {
    return BlsSignature.aggregate(seals);
  }
}
