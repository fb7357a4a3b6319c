package io.metanode.crypto;

import java.security.MessageDigest;

/** Hashes of leaves and nodes of a Merkle tree (RFC 6962 section 2.1). */
public final class MerkleHash {

  static final byte LEAF = 0;
  static final byte NODE = 1;

  private MerkleHash() {}

  public static byte[] leaf(byte[] entry) {
    return leaf(Sha256.newDigest(), entry);
  }

  public static byte[] node(byte[] left, byte[] right) {
    return node(Sha256.newDigest(), left, right);
  }

  /** With a SHA-256 digest that is blank, and is so again afterwards. */
  static byte[] leaf(MessageDigest digest, byte[] entry) {
    byte[] whole = new byte[1 + entry.length];
    whole[0] = LEAF;
    System.arraycopy(entry, 0, whole, 1, entry.length);
    return digest.digest(whole);
  }

  static byte[] node(MessageDigest digest, byte[] left, byte[] right) {
    byte[] whole = new byte[1 + left.length + right.length];
    whole[0] = NODE;
    System.arraycopy(left, 0, whole, 1, left.length);
    System.arraycopy(right, 0, whole, 1 + left.length, right.length);
    return digest.digest(whole);
  }

  /** The root of the tree without leaves. */
  public static byte[] empty() {
    return Sha256.of();
  }
}
