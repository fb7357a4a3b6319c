package io.metanode.ledger.consensus;

import io.metanode.crypto.BlsPublicKey;
import io.metanode.crypto.Ed25519PublicKey;

/**
 * A member of a validator set.
 *
 * @param id follows from {@code key}
 * @param key verifies its messages
 * @param sealKey verifies its commit seals; its proof of possession was checked at registration
 */
public record Validator(ValidatorId id, Ed25519PublicKey key, BlsPublicKey sealKey) {

  public static Validator of(Ed25519PublicKey key, BlsPublicKey sealKey) {
    return new Validator(new ValidatorId(key.id()), key, sealKey);
  }
}
