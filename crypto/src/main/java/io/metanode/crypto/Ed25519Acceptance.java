package io.metanode.crypto;

import java.util.HexFormat;

/**
 * What every implementation of Ed25519 must agree on before its equation decides, so that two of
 * them never disagree. RFC 8032 leaves room (Chalkias, Garillot and Nikolaenko, "Taming the many
 * EdDSAs", 2020); this closes it: S below the group order, A and R canonical encodings, A not of
 * small order. What remains is the equation without cofactor, S·B = R + h·A.
 */
public final class Ed25519Acceptance {

  private static final int LENGTH = 32;
  private static final byte[] ORDER =
      littleEndian("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  private static final byte[] PRIME =
      littleEndian("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
  private static final byte[] ONE =
      littleEndian("0100000000000000000000000000000000000000000000000000000000000000");
  private static final byte[] MINUS_ONE =
      littleEndian("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

  /** The y-coordinates of the eight points whose order divides the cofactor. */
  private static final byte[][] SMALL_ORDER = {
    new byte[LENGTH],
    ONE,
    MINUS_ONE,
    littleEndian("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    littleEndian("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
  };

  private Ed25519Acceptance() {}

  private static byte[] littleEndian(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /** Whether 32 bytes may be a public key: canonical, and not of small order. */
  public static boolean acceptsKey(byte[] key) {
    return key.length == LENGTH && canonicalPoint(key, 0) && !smallOrder(key);
  }

  /** Whether 64 bytes may be a signature: S below the group order, R canonical. */
  public static boolean acceptsSignature(byte[] signature) {
    return signature.length == 2 * LENGTH && acceptsSignature(signature, 0);
  }

  /** Likewise, of the 64 bytes from {@code offset}. */
  static boolean acceptsSignature(byte[] bytes, int offset) {
    return below(bytes, offset + LENGTH, ORDER, 0xff) && canonicalPoint(bytes, offset);
  }

  /** y is below the prime, and the sign bit is clear where x is zero. */
  private static boolean canonicalPoint(byte[] bytes, int offset) {
    if (!below(bytes, offset, PRIME, 0x7f)) {
      return false;
    }
    boolean negative = bytes[offset + LENGTH - 1] < 0;
    return !negative || !(sameY(bytes, offset, ONE) || sameY(bytes, offset, MINUS_ONE));
  }

  private static boolean smallOrder(byte[] key) {
    for (byte[] y : SMALL_ORDER) {
      if (sameY(key, 0, y)) {
        return true;
      }
    }
    return false;
  }

  private static boolean sameY(byte[] bytes, int offset, byte[] y) {
    for (int i = 0; i < LENGTH - 1; i++) {
      if (bytes[offset + i] != y[i]) {
        return false;
      }
    }
    return (bytes[offset + LENGTH - 1] & 0x7f) == y[LENGTH - 1];
  }

  /** Compares little-endian numbers; {@code topMask} applies to the last byte. */
  private static boolean below(byte[] bytes, int offset, byte[] limit, int topMask) {
    for (int i = LENGTH - 1; i >= 0; i--) {
      int mask = i == LENGTH - 1 ? topMask : 0xff;
      int difference = (bytes[offset + i] & mask) - (limit[i] & 0xff);
      if (difference != 0) {
        return difference < 0;
      }
    }
    return false;
  }
}
