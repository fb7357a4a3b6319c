package io.metanode.ledger.consensus;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.foundation.Digest;

/**
 * A validator's name in messages.
 *
 * @param key the id of its Ed25519 key, {@link Ed25519PublicKey#id()}
 */
public record ValidatorId(Digest key) implements Comparable<ValidatorId> {

  /** The length of an id, in bytes. */
  public static final int LENGTH = 32;

  private static final int SHORT = 8;

  /** The 32 bytes. */
  public byte[] bytes() {
    return key.bytes();
  }

  @Override
  public int compareTo(ValidatorId other) {
    return key.compareTo(other.key);
  }

  /** The first eight digits, enough to tell validators of one set apart in a log. */
  @Override
  public String toString() {
    return key.hex().substring(0, SHORT);
  }
}
