package io.metanode.crypto;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * A public key with multiples of its point made beforehand: making them costs as much as four
 * checks of a provider, and four kilobytes; a check with them costs less. Whoever signs often is
 * worth it.
 *
 * <p>Accepts what {@link Ed25519Acceptance} and then the equation S·B = R + h·A without cofactor
 * accept, h reduced modulo the group order: what {@link Ed25519PublicKey} accepts behind that rule.
 */
public final class Ed25519Table {

  /** The bytes of a hash. */
  static final int HASH = 64;

  private static final int LENGTH = 32;

  private static final MessageDigest BLANK = lookUp();

  private final Ed25519Library library;
  private final byte[] key;
  private final long[] multiples;

  private Ed25519Table(Ed25519Library library, byte[] key, long[] multiples) {
    this.library = library;
    this.key = key;
    this.multiples = multiples;
  }

  /** Whether tables can be made on this host. */
  public static boolean isAvailable() {
    return Ed25519Library.get().isPresent();
  }

  /** The table of a key; empty where none can be made, or the key is not accepted. */
  public static Optional<Ed25519Table> of(byte[] key) {
    Optional<Ed25519Library> library = Ed25519Library.get();
    if (library.isEmpty() || !Ed25519Acceptance.acceptsKey(key)) {
      return Optional.empty();
    }
    return library
        .get()
        .table(key)
        .map(multiples -> new Ed25519Table(library.get(), key.clone(), multiples));
  }

  /** Whether {@code signature} is this key's over {@code message}. */
  public boolean verifies(byte[] message, byte[] signature) {
    Ed25519Batch batch = new Ed25519Batch(1, NativeLanes.SCALAR);
    batch.add(this, message, signature);
    return batch.verdicts()[0];
  }

  /**
   * SHA-512 of R, the key and the message, for the signature at an index.
   *
   * @param digest of SHA-512, blank, and so again afterwards
   * @param length of the message
   */
  void hash(
      MessageDigest digest,
      byte[] hashes,
      int index,
      byte[] message,
      int length,
      byte[] signatures) {
    digest.update(signatures, index * Signer.SIGNATURE_LENGTH, LENGTH);
    digest.update(key);
    digest.update(message, 0, length);
    try {
      digest.digest(hashes, index * HASH, HASH);
    } catch (DigestException e) {
      throw new AssertionError("there is room for a hash", e);
    }
  }

  long[] multiples() {
    return multiples;
  }

  Ed25519Library library() {
    return library;
  }

  /** A copy of one that was looked up, which costs as much as a hash. */
  static MessageDigest newDigest() {
    try {
      return (MessageDigest) BLANK.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("the JDK's own digest can be copied", e);
    }
  }

  private static MessageDigest lookUp() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-512", e);
    }
  }
}
