package io.metanode.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * ML-DSA-44 (FIPS 204), the post-quantum signature of checkpoints, as the JDK has it: pure, with an
 * empty context.
 */
public final class MlDsa44 {

  /** The length of a public key, in bytes. */
  public static final int PUBLIC_KEY_LENGTH = 1312;

  /** The length of a signature, in bytes. */
  public static final int SIGNATURE_LENGTH = 2420;

  private static final String ALGORITHM = "ML-DSA-44";
  private static final byte[] SPKI_PREFIX =
      HexFormat.of().parseHex("30820532300b06096086480165030403110382052100");

  private final PrivateKey privateKey;
  private final byte[] publicKey;

  private MlDsa44(PrivateKey privateKey, byte[] publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /** A new key. */
  public static MlDsa44 generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      return new MlDsa44(pair.getPrivate(), raw(pair.getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("JDK 24 and newer have " + ALGORITHM, e);
    }
  }

  /** The key in PEM blocks {@code PRIVATE KEY} and {@code PUBLIC KEY}; empty if one lacks. */
  public static Optional<MlDsa44> ofPem(String pem) {
    Optional<byte[]> pkcs8 = Pem.decode("PRIVATE KEY", pem);
    Optional<byte[]> spki = Pem.decode("PUBLIC KEY", pem);
    if (pkcs8.isEmpty() || spki.isEmpty()) {
      return Optional.empty();
    }
    try {
      PrivateKey key =
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(pkcs8.get()));
      return Optional.of(new MlDsa44(key, raw(spki.get())));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static byte[] raw(byte[] spki) throws GeneralSecurityException {
    if (spki.length != SPKI_PREFIX.length + PUBLIC_KEY_LENGTH) {
      throw new GeneralSecurityException("not an " + ALGORITHM + " public key");
    }
    return Arrays.copyOfRange(spki, SPKI_PREFIX.length, spki.length);
  }

  private static byte[] spki(byte[] raw) {
    byte[] spki = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + raw.length);
    System.arraycopy(raw, 0, spki, SPKI_PREFIX.length, raw.length);
    return spki;
  }

  String pem() {
    return Pem.encode("PRIVATE KEY", privateKey.getEncoded())
        + Pem.encode("PUBLIC KEY", spki(publicKey));
  }

  /** The 1312 bytes of the public key. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /**
   * Signs a message.
   *
   * @return the 2420 bytes of the signature
   * @throws SigningException if the JDK refuses the key
   */
  public byte[] sign(byte[] message) throws SigningException {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(privateKey);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new SigningException(ALGORITHM + " did not sign: " + e.getMessage(), e);
    }
  }

  /** Whether {@code signature} is that of the key with these 1312 bytes over {@code message}. */
  public static boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
    if (publicKey.length != PUBLIC_KEY_LENGTH || signature.length != SIGNATURE_LENGTH) {
      return false;
    }
    try {
      PublicKey key =
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(spki(publicKey)));
      Signature verification = Signature.getInstance(ALGORITHM);
      verification.initVerify(key);
      verification.update(message);
      return verification.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
