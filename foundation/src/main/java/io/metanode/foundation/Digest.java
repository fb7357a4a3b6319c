package io.metanode.foundation;

import java.util.HexFormat;
import java.util.Optional;

/**
 * A SHA-256 digest as content addresses write it, {@code sha256:} and 64 lower-case hexadecimal
 * digits (OCI image-spec, descriptor.md).
 *
 * @param hex the 64 digits, without the prefix
 */
public record Digest(String hex) implements Comparable<Digest> {

  private static final String PREFIX = "sha256:";
  private static final int HEX_LENGTH = 64;

  /**
   * @throws IllegalArgumentException if {@code hex} is not 64 lower-case hexadecimal digits
   */
  public Digest {
    if (!isHex(hex)) {
      throw new IllegalArgumentException("not a SHA-256 digest: " + hex);
    }
  }

  /** The digest whose 32 bytes are {@code bytes}. */
  public static Digest ofBytes(byte[] bytes) {
    return new Digest(HexFormat.of().formatHex(bytes));
  }

  /** Reads {@code sha256:<hex>}; empty if the text is anything else. */
  public static Optional<Digest> parse(String text) {
    if (!text.startsWith(PREFIX) || !isHex(text.substring(PREFIX.length()))) {
      return Optional.empty();
    }
    return Optional.of(new Digest(text.substring(PREFIX.length())));
  }

  private static boolean isHex(String hex) {
    return hex.length() == HEX_LENGTH
        && hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public int compareTo(Digest other) {
    return hex.compareTo(other.hex);
  }

  /** {@code sha256:<hex>}. */
  @Override
  public String toString() {
    return PREFIX + hex;
  }
}
