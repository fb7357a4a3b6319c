package io.metanode.crypto;

/** Where the hashes of a Merkle tree's complete subtrees are kept. */
@FunctionalInterface
public interface MerkleNodes<E extends Exception> {

  /**
   * The hash over the leaves from {@code index · 2^level} to {@code (index + 1) · 2^level},
   * exclusive.
   */
  byte[] hash(int level, long index) throws E;
}
