package io.metanode.crypto;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * A growing Merkle tree of which only the roots of its complete subtrees are kept: one hash for
 * each bit set in its size (RFC 9162 section 2.1.2). Not safe for use by many threads.
 */
public final class CompactRange {

  private final MessageDigest digest = Sha256.newDigest();
  private final List<byte[]> roots;
  private long size;

  /** The tree without leaves. */
  public CompactRange() {
    roots = new ArrayList<>();
  }

  private CompactRange(long size, List<byte[]> roots) {
    this.size = size;
    this.roots = roots;
  }

  /** The tree of the first {@code size} leaves, whose nodes {@code nodes} gives. */
  public static <E extends Exception> CompactRange of(long size, MerkleNodes<E> nodes) throws E {
    List<byte[]> roots = new ArrayList<>();
    long start = 0;
    for (int level = Long.SIZE - 2; level >= 0; level--) {
      if ((size & (1L << level)) != 0) {
        roots.add(nodes.hash(level, start >> level));
        start += 1L << level;
      }
    }
    return new CompactRange(size, roots);
  }

  /** The tree of {@code size} leaves over the roots that {@link #roots} gave. */
  public static CompactRange of(long size, List<byte[]> roots) {
    if (size < 0 || roots.size() != Long.bitCount(size)) {
      throw new IllegalArgumentException(roots.size() + " roots over " + size + " leaves");
    }
    return new CompactRange(size, new ArrayList<>(roots));
  }

  /** The roots of the complete subtrees, the largest first. */
  public List<byte[]> roots() {
    return List.copyOf(roots);
  }

  /** The number of leaves. */
  public long size() {
    return size;
  }

  /** Adds the leaf of an entry. */
  public void addEntry(byte[] entry) {
    add(MerkleHash.leaf(digest, entry));
  }

  public void add(byte[] leafHash) {
    addSubtree(0, leafHash);
  }

  /**
   * Adds {@code 2^level} leaves by the root over them.
   *
   * @throws IllegalArgumentException unless the size is a multiple of {@code 2^level}
   */
  public void addSubtree(int level, byte[] root) {
    if ((size & ((1L << level) - 1)) != 0) {
      throw new IllegalArgumentException("no subtree of level " + level + " begins at " + size);
    }
    byte[] hash = root;
    for (long rest = size >> level; (rest & 1) == 1; rest >>= 1) {
      hash = MerkleHash.node(digest, roots.removeLast(), hash);
    }
    roots.add(hash);
    size += 1L << level;
  }

  public byte[] root() {
    if (roots.isEmpty()) {
      return MerkleHash.empty();
    }
    byte[] hash = roots.getLast();
    for (int i = roots.size() - 2; i >= 0; i--) {
      hash = MerkleHash.node(digest, roots.get(i), hash);
    }
    return hash;
  }
}
