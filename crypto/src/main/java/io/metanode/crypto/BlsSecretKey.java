package io.metanode.crypto;

import io.metanode.foundation.Randomness;
import java.math.BigInteger;
import java.util.Optional;
import supranational.blst.P1;
import supranational.blst.P2;
import supranational.blst.SecretKey;

/** A BLS12-381 secret key held in memory. Safe for use by many threads. */
public final class BlsSecretKey {

  /** The length of the key, in bytes. */
  public static final int LENGTH = 32;

  private static final BigInteger ORDER =
      new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);

  private final SecretKey key;
  private final BlsPublicKey publicKey;

  private BlsSecretKey(SecretKey key) {
    this.key = key;
    publicKey = BlsPublicKey.ofPoint(new P1(key));
  }

  /** A new key (KeyGen of draft-irtf-cfrg-bls-signature-05 over 32 random bytes). */
  public static BlsSecretKey generate(Randomness randomness) {
    SecretKey key = new SecretKey();
    key.keygen(randomness.bytes(LENGTH));
    return new BlsSecretKey(key);
  }

  /** The key that is this big-endian number; empty unless it is between 1 and the order - 1. */
  public static Optional<BlsSecretKey> ofBytes(byte[] raw) {
    BigInteger value = new BigInteger(1, raw);
    if (raw.length != LENGTH || value.signum() == 0 || value.compareTo(ORDER) >= 0) {
      return Optional.empty();
    }
    SecretKey key = new SecretKey();
    key.from_bendian(raw);
    return Optional.of(new BlsSecretKey(key));
  }

  public BlsPublicKey publicKey() {
    return publicKey;
  }

  public BlsSignature sign(byte[] message) {
    return sign(message, BlsPublicKey.SIGNATURE_DOMAIN);
  }

  /** Shows whoever checks it with {@link BlsPublicKey#possessedBy} that this key is known. */
  public BlsSignature proofOfPossession() {
    return sign(publicKey.bytes(), BlsPublicKey.POSSESSION_DOMAIN);
  }

  private BlsSignature sign(byte[] message, String domain) {
    return BlsSignature.ofBytes(new P2().hash_to(message, domain).sign_with(key).compress());
  }

  /** The 32 bytes; whoever reads them can sign. */
  public byte[] bytes() {
    return key.to_bendian();
  }
}
