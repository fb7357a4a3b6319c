package io.metanode.ledger.ibft;

import io.metanode.crypto.BlsSecretKey;
import io.metanode.crypto.BlsSignature;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.crypto.SigningException;
import io.metanode.ledger.consensus.Validator;
import io.metanode.ledger.consensus.ValidatorId;
import java.io.UncheckedIOException;

/** Signs with keys held in memory. */
public final class KeyIdentity implements Identity {

  private final PrivateKeySigner signer;
  private final BlsSecretKey sealKey;
  private final ValidatorId id;

  public KeyIdentity(PrivateKeySigner signer, BlsSecretKey sealKey) {
    this.signer = signer;
    this.sealKey = sealKey;
    id = new ValidatorId(signer.publicKey().id());
  }

  /** The entry of this identity in a validator set. */
  public Validator validator() {
    return Validator.of(signer.publicKey(), sealKey.publicKey());
  }

  @Override
  public ValidatorId id() {
    return id;
  }

  @Override
  public Signature sign(byte[] message) {
    try {
      return Signature.ofBytes(signer.sign(message));
    } catch (SigningException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public BlsSignature seal(byte[] message) {
    return sealKey.sign(message);
  }
}
