package io.metanode.crypto;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A public key with multiples of its point made beforehand: making them costs as much as four
 * checks of a provider, and eight kilobytes; a check with them costs less. Whoever signs often is
 * worth it.
 *
 * <p>Accepts what {@link Ed25519Acceptance} and then the equation S·B = R + h·A without cofactor
 * accept, h reduced modulo the group order: what {@link Ed25519PublicKey} accepts behind that rule.
 */
public final class Ed25519Table {

  private static final int LENGTH = 32;
  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

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
    return Ed25519Acceptance.acceptsSignature(signature)
        && library.holds(multiples, hash(message, signature), signature);
  }

  private byte[] hash(byte[] message, byte[] signature) {
    MessageDigest digest = sha512();
    digest.update(signature, 0, LENGTH);
    digest.update(key);
    BigInteger wide = new BigInteger(1, reversed(digest.digest(message)));
    byte[] reduced = wide.mod(ORDER).toByteArray();
    byte[] scalar = reversed(reduced);
    return Arrays.copyOf(scalar, LENGTH);
  }

  private static MessageDigest sha512() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-512", e);
    }
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
