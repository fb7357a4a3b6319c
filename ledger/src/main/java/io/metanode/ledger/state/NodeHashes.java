package io.metanode.ledger.state;

import io.metanode.ledger.state.StateNode.Inner;
import io.metanode.ledger.state.StateNode.Leaf;
import java.util.ArrayList;
import java.util.List;

/** Nodes that were made and await their hashes, which are computed many at a time. */
final class NodeHashes {

  private static final int BATCH = 128;
  private static final int MESSAGE = 8;
  private static final int HASH = 4;

  private final List<Leaf> leaves = new ArrayList<>();
  private final List<List<Inner>> byDepth = new ArrayList<>();
  private final long[] messages = new long[BATCH * MESSAGE];
  private final long[] hashes = new long[BATCH * HASH];

  void await(Leaf leaf) {
    leaves.add(leaf);
  }

  /** A node above others that have their hashes, or await them and are deeper. */
  void await(Inner inner, int depth) {
    while (byDepth.size() <= depth) {
      byDepth.add(new ArrayList<>());
    }
    byDepth.get(depth).add(inner);
  }

  /** The root, after it and all below it have their hashes. */
  StateNode filled(StateNode root) {
    for (int from = 0; from < leaves.size(); from += BATCH) {
      fillLeaves(leaves.subList(from, Math.min(from + BATCH, leaves.size())));
    }
    for (List<Inner> level : byDepth.reversed()) {
      for (int from = 0; from < level.size(); from += BATCH) {
        fillInner(level.subList(from, Math.min(from + BATCH, level.size())));
      }
    }
    return root;
  }

  private void fillLeaves(List<Leaf> batch) {
    StateHash.values(batch, messages, hashes);
    for (int i = batch.size() - 1; i >= 0; i--) {
      batch.get(i).path(messages, i * MESSAGE);
      System.arraycopy(hashes, i * HASH, messages, i * MESSAGE + HASH, HASH);
    }
    StateHash.LEAF.hash(messages, hashes, batch.size());
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).hashed(hashes, i * HASH);
    }
  }

  private void fillInner(List<Inner> batch) {
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).left().hash(messages, i * MESSAGE);
      batch.get(i).right().hash(messages, i * MESSAGE + HASH);
    }
    StateHash.INNER.hash(messages, hashes, batch.size());
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).hashed(hashes, i * HASH);
    }
  }
}
