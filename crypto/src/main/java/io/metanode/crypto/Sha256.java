package io.metanode.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4). */
public final class Sha256 {

  /** The length of a hash, in bytes. */
  public static final int LENGTH = 32;

  private static final MessageDigest BLANK = lookUp();

  private Sha256() {}

  /** The hash of the parts, one after the other. */
  public static byte[] of(byte[]... parts) {
    MessageDigest digest = newDigest();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  /** The hash of the hash of … of {@code start}, {@code times} deep. */
  public static byte[] repeated(byte[] start, int times) {
    MessageDigest digest = newDigest();
    byte[] value = start;
    for (int i = 0; i < times; i++) {
      value = digest.digest(value);
    }
    return value;
  }

  /** A copy of one that was looked up: looking up costs as much as hashing a short message. */
  static MessageDigest newDigest() {
    try {
      return (MessageDigest) BLANK.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("the JDK's own digest can be copied", e);
    }
  }

  private static MessageDigest lookUp() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
