package io.metanode.economy.billing;

import io.metanode.crypto.MerkleLevels;
import io.metanode.crypto.MerkleProof;
import io.metanode.foundation.Bytes32;
import java.util.List;

/** The RFC 6962 tree over a list that is held in memory. */
final class MerkleLines {

  private final List<byte[]> leaves;

  MerkleLines(List<Bytes32> leaves) {
    this.leaves = leaves.stream().map(Bytes32::bytes).toList();
  }

  Bytes32 root() {
    return Bytes32.of(MerkleLevels.rootOf(leaves));
  }

  /** The hashes from a leaf's sibling to the root's child. */
  List<Bytes32> proof(int index) {
    List<byte[]> path = MerkleProof.inclusion(index, leaves.size(), this::subtree);
    return path.stream().map(Bytes32::of).toList();
  }

  private byte[] subtree(int level, long index) {
    int from = Math.toIntExact(index << level);
    return MerkleLevels.rootOf(leaves.subList(from, from + (1 << level)));
  }
}
