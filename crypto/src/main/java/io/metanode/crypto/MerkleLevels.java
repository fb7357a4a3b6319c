package io.metanode.crypto;

import java.util.Arrays;
import java.util.List;

/**
 * Roots of whole trees (RFC 9162 section 2.1), level by level, so that hashes of a level are made
 * together. A last node without a neighbour goes up as it is, which is the same tree.
 */
public final class MerkleLevels {

  private static final int HASH = 32;

  private MerkleLevels() {}

  /**
   * The root over the leaves of entries.
   *
   * @param entries one after the other
   * @param length of each, in bytes
   * @throws IllegalArgumentException if that is not a number of whole entries
   */
  public static byte[] rootOfEntries(byte[] entries, int length) {
    int count = count(entries, length);
    HashBatch leaves = batch(count, 1 + length);
    for (int i = 0; i < count; i++) {
      leaves.put(MerkleHash.LEAF).put(entries, i * length, length).end();
    }
    byte[] hashes = new byte[HASH * count];
    leaves.hash(hashes);
    return rootOf(hashes);
  }

  private static int count(byte[] all, int length) {
    if (all.length % length != 0) {
      throw new IllegalArgumentException(all.length + " bytes are no entries of " + length);
    }
    return all.length / length;
  }

  /** The root over these leaves, 32 bytes each. */
  public static byte[] rootOf(List<byte[]> leafHashes) {
    byte[] hashes = new byte[HASH * leafHashes.size()];
    int at = 0;
    for (byte[] leaf : leafHashes) {
      System.arraycopy(leaf, 0, hashes, at, HASH);
      at += HASH;
    }
    return rootOf(hashes);
  }

  /**
   * The root over these leaves, 32 bytes each, one after the other.
   *
   * @throws IllegalArgumentException if the last is cut off
   */
  public static byte[] rootOf(byte[] leaves) {
    if (count(leaves, HASH) == 0) {
      return MerkleHash.empty();
    }
    byte[] level = leaves;
    while (level.length > HASH) {
      int pairs = level.length / (2 * HASH);
      HashBatch nodes = batch(pairs, 1 + 2 * HASH);
      for (int i = 0; i < pairs; i++) {
        nodes.put(MerkleHash.NODE).put(level, 2 * HASH * i, 2 * HASH).end();
      }
      byte[] above = new byte[HASH * Math.ceilDiv(level.length / HASH, 2)];
      nodes.hash(above);
      if (pairs * HASH < above.length) {
        System.arraycopy(level, level.length - HASH, above, pairs * HASH, HASH);
      }
      level = above;
    }
    return Arrays.copyOf(level, HASH);
  }

  private static HashBatch batch(int expected, int length) {
    return new HashBatch(HashBatch.Algorithm.SHA256, expected, length, true);
  }
}
