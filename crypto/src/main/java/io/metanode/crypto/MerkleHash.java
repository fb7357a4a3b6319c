package io.metanode.crypto;

import java.security.MessageDigest;

/** Hashes of leaves and nodes of a Merkle tree (RFC 6962 section 2.1). */
public final class MerkleHash {

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private MerkleHash() {}

  public static byte[] leaf(byte[] entry) {
    return leaf(Sha256.newDigest(), entry);
  }

  public static byte[] node(byte[] left, byte[] right) {
    return node(Sha256.newDigest(), left, right);
  }

  /** With a SHA-256 digest that is blank, and is so again afterwards. */
  static byte[] leaf(MessageDigest digest, byte[] entry) {
    digest.update(LEAF);
    return digest.digest(entry);
  }

  static byte[] node(MessageDigest digest, byte[] left, byte[] right) {
    digest.update(NODE);
    digest.update(left);
    return digest.digest(right);
  }

  /** The root of the tree without leaves. */
  public static byte[] empty() {
    return Sha256.of();
  }
}
