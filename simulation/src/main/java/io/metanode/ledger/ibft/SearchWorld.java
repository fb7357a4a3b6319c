package io.metanode.ledger.ibft;

/**
 * A state of the search: the number of the state of each of the three honest validators, 20 bits
 * each. What was ever sent follows from it, and stays deliverable for ever, in any order; a message
 * that never arrives is a lost one.
 */
final class SearchWorld {

  static final int NODES = 3;
  static final long START = 0;

  private static final int BITS = 20;

  private SearchWorld() {}

  static int node(long world, int node) {
    return (int) (world >> (node * BITS)) & (SearchNode.MOST - 1);
  }

  static long with(long world, int node, int state) {
    int shift = node * BITS;
    return (world & ~((SearchNode.MOST - 1L) << shift)) | ((long) state << shift);
  }
}
