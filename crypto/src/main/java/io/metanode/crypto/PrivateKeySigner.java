package io.metanode.crypto;

import io.metanode.foundation.Randomness;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/** Signs with a key held in memory. */
public final class PrivateKeySigner implements Signer {

  private static final byte[] PKCS8_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");
  private static final int SEED_LENGTH = 32;
  private static final String LABEL = "PRIVATE KEY";

  private final byte[] seed;
  private final PrivateKey key;
  private final Ed25519PublicKey publicKey;

  /** Signatures at rest; to make one costs as much as to sign. */
  private final Queue<Signature> signatures = new ConcurrentLinkedQueue<>();

  private PrivateKeySigner(byte[] seed) {
    this.seed = seed.clone();
    try {
      key = Ed25519.privateKey(pkcs8());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every 32 bytes are an Ed25519 private key", e);
    }
    byte[] point = new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
    publicKey = Ed25519PublicKey.ofBytes(point).orElseThrow();
  }

  /** A new key. */
  public static PrivateKeySigner generate(Randomness randomness) {
    return new PrivateKeySigner(randomness.bytes(SEED_LENGTH));
  }

  /** The key in a PEM {@code PRIVATE KEY} block (PKCS#8, RFC 8410); empty if there is none. */
  public static Optional<PrivateKeySigner> ofPem(String pem) {
    return Pem.decode(LABEL, pem)
        .filter(der -> der.length == PKCS8_PREFIX.length + SEED_LENGTH)
        .filter(der -> Arrays.mismatch(der, PKCS8_PREFIX) == PKCS8_PREFIX.length)
        .map(der -> new PrivateKeySigner(Arrays.copyOfRange(der, PKCS8_PREFIX.length, der.length)));
  }

  private byte[] pkcs8() {
    byte[] der = Arrays.copyOf(PKCS8_PREFIX, PKCS8_PREFIX.length + SEED_LENGTH);
    System.arraycopy(seed, 0, der, PKCS8_PREFIX.length, SEED_LENGTH);
    return der;
  }

  /** The private key as a PEM block; whoever reads it can sign. */
  String pem() {
    return Pem.encode(LABEL, pkcs8());
  }

  /** The private key as the JDK's own TLS takes it; whoever holds it can sign. */
  public PrivateKey forTls() {
    try {
      return KeyFactory.getInstance(Ed25519.ALGORITHM)
          .generatePrivate(new PKCS8EncodedKeySpec(pkcs8()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no Ed25519", e);
    }
  }

  @Override
  public Ed25519PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] message) throws SigningException {
    try {
      Signature resting = signatures.poll();
      Signature signature = resting == null ? newSignature() : resting;
      signature.update(message);
      byte[] made = signature.sign();
      signatures.add(signature);
      return made;
    } catch (GeneralSecurityException e) {
      throw new SigningException("the key in memory did not sign: " + e.getMessage(), e);
    }
  }

  private Signature newSignature() {
    try {
      Signature signature = Ed25519.signature();
      signature.initSign(key);
      return signature;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 signing is not to be had in this JVM", e);
    }
  }
}
