package io.metanode.ledger.state;

import io.metanode.crypto.BlsPublicKey;
import io.metanode.crypto.BlsSignature;
import io.metanode.foundation.Bytes;

/** Checks proofs of possession of BLS12-381 keys. */
public final class BlsPossession implements PossessionCheck {

  @Override
  public boolean holds(ValidatorKeys keys, Bytes possession) {
    return BlsPublicKey.ofBytes(keys.sealKey().toArray())
        .map(key -> key.possessedBy(BlsSignature.ofBytes(possession.toArray())))
        .orElse(false);
  }
}
