package io.metanode.crypto;

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
   * Adds what is hashed for a signature: R, the key and the message.
   *
   * @param length of the message
   * @param at where the signature begins in {@code from}
   */
  void hash(HashBatch hashes, byte[] message, int length, byte[] from, int at) {
    hashes.put(from, at, LENGTH).put(key, 0, LENGTH).put(message, 0, length).end();
  }

  long[] multiples() {
    return multiples;
  }

  Ed25519Library library() {
    return library;
  }
}
