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

  /** The root over the leaves of these entries. */
  public static byte[] rootOfEntries(List<byte[]> entries) {
    if (entries.isEmpty()) {
      return MerkleHash.empty();
    }
    HashBatch leaves = batch(entries.size(), 1 + entries.getFirst().length);
    entries.forEach(entry -> leaves.put(MerkleHash.LEAF).put(entry, 0, entry.length).end());
    byte[] hashes = new byte[HASH * entries.size()];
    leaves.hash(hashes);
    return root(hashes);
  }

  /** The root over these leaves, 32 bytes each. */
  public static byte[] rootOf(List<byte[]> leafHashes) {
    if (leafHashes.isEmpty()) {
      return MerkleHash.empty();
    }
    byte[] hashes = new byte[HASH * leafHashes.size()];
    int at = 0;
    for (byte[] leaf : leafHashes) {
      System.arraycopy(leaf, 0, hashes, at, HASH);
      at += HASH;
    }
    return root(hashes);
  }

  private static HashBatch batch(int expected, int length) {
    return new HashBatch(HashBatch.Algorithm.SHA256, expected, length, true);
  }

  private static byte[] root(byte[] leaves) {
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
}
