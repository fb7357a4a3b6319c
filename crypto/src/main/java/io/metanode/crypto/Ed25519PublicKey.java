package io.metanode.crypto;

import io.metanode.foundation.Digest;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** An Ed25519 public key (RFC 8032, 32 bytes). */
public final class Ed25519PublicKey {

  /** The length of the key, in bytes. */
  public static final int LENGTH = 32;

  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final String LABEL = "PUBLIC KEY";

  private final byte[] raw;
  private final PublicKey decoded;

  private Ed25519PublicKey(byte[] raw, PublicKey decoded) {
    this.raw = raw;
    this.decoded = decoded;
  }

  /** The key with these 32 bytes; empty if they are not the encoding of a point. */
  public static Optional<Ed25519PublicKey> ofBytes(byte[] raw) {
    if (raw.length != LENGTH) {
      return Optional.empty();
    }
    try {
      PublicKey decoded = Ed25519.publicKey(withPrefix(raw));
      return Optional.of(new Ed25519PublicKey(raw.clone(), decoded));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** The key in a SubjectPublicKeyInfo (RFC 8410); empty if it holds anything else. */
  public static Optional<Ed25519PublicKey> ofSpki(byte[] spki) {
    int prefix = SPKI_PREFIX.length;
    if (spki.length != prefix + LENGTH || !Arrays.equals(spki, 0, prefix, SPKI_PREFIX, 0, prefix)) {
      return Optional.empty();
    }
    return ofBytes(Arrays.copyOfRange(spki, prefix, spki.length));
  }

  /** The key in a PEM {@code PUBLIC KEY} block; empty if the text holds none. */
  public static Optional<Ed25519PublicKey> ofPem(String pem) {
    return Pem.decode(LABEL, pem).flatMap(Ed25519PublicKey::ofSpki);
  }

  private static byte[] withPrefix(byte[] raw) {
    byte[] spki = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + LENGTH);
    System.arraycopy(raw, 0, spki, SPKI_PREFIX.length, LENGTH);
    return spki;
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    return raw.clone();
  }

  /** The key as a SubjectPublicKeyInfo (RFC 8410). */
  public byte[] spki() {
    return withPrefix(raw);
  }

  /** The key as a PEM {@code PUBLIC KEY} block. */
  public String pem() {
    return Pem.encode(LABEL, spki());
  }

  /**
   * The key's id: SHA-256 of its SubjectPublicKeyInfo, which {@code openssl pkey -pubin -outform
   * der | sha256sum} gives too.
   */
  public Digest id() {
    return Digest.ofBytes(Sha256.of(spki()));
  }

  /** Whether {@code signature} is this key's over {@code message}. */
  public boolean verifies(byte[] message, byte[] signature) {
    if (signature.length != Signer.SIGNATURE_LENGTH) {
      return false;
    }
    try {
      Signature verification = Ed25519.signature();
      verification.initVerify(decoded);
      verification.update(message);
      return verification.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ed25519PublicKey that && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }

  /** The key's id. */
  @Override
  public String toString() {
    return id().toString();
  }
}
