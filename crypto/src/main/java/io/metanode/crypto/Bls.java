package io.metanode.crypto;

/** What the encodings of points in G1 and G2 share (the ZCash serialization of BLS12-381). */
final class Bls {

  private static final int COMPRESSED = 0x80;

  private Bls() {}

  /** Whether the flag for a compressed point is set; blst would also read uncompressed ones. */
  static boolean isCompressed(byte[] point) {
    return (point[0] & COMPRESSED) != 0;
  }
}
