package io.metanode.crypto;

/** Holds an Ed25519 private key, or knows who does. Safe for use by many threads. */
public interface Signer {

  /** The length of a signature, in bytes. */
  int SIGNATURE_LENGTH = 64;

  Ed25519PublicKey publicKey();

  /**
   * Signs a message (RFC 8032, pure Ed25519).
   *
   * @return the 64 bytes of the signature
   * @throws SigningException if whoever holds the key did not sign
   */
  byte[] sign(byte[] message) throws SigningException;
}
