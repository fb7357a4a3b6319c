package io.metanode.receipts;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.Signer;
import io.metanode.crypto.SigningException;

/** A key that signs or does not, as it is told. */
final class FlakySigner implements Signer {

  private final Signer key;
  private volatile boolean failing;

  FlakySigner(Signer key) {
    this.key = key;
  }

  void failing(boolean now) {
    failing = now;
  }

  @Override
  public Ed25519PublicKey publicKey() {
    return key.publicKey();
  }

  @Override
  public byte[] sign(byte[] message) throws SigningException {
    if (failing) {
      throw new SigningException("the token was pulled out");
    }
    return key.sign(message);
  }
}
