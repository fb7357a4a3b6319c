package io.metanode.ledger.block;

import io.metanode.crypto.MerkleHash;
import io.metanode.crypto.MerkleLevels;
import io.metanode.crypto.MerkleProof;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Encoder;
import java.util.List;

/** The RFC 6962 tree over a list that is held in memory. */
public final class MerkleList {

  /** The root over no leaves. */
  public static final Bytes32 EMPTY_ROOT = Bytes32.of(MerkleHash.empty());

  private final List<Bytes32> leaves;

  /**
   * @param leaves the leaf hashes
   */
  public MerkleList(List<Bytes32> leaves) {
    this.leaves = List.copyOf(leaves);
  }

  public Bytes32 root() {
    return Bytes32.of(root(0, leaves.size()));
  }

  /** The proof that a leaf is in the tree, at its index. */
  public InclusionProof proof(int index) {
    List<byte[]> path = MerkleProof.inclusion(index, leaves.size(), this::subtree);
    return new InclusionProof(index, leaves.size(), path.stream().map(Bytes32::of).toList());
  }

  private byte[] subtree(int level, long index) {
    int from = Math.toIntExact(index << level);
    return root(from, from + (1 << level));
  }

  private byte[] root(int from, int to) {
    Encoder out = new Encoder(Bytes32.LENGTH * (to - from));
    leaves.subList(from, to).forEach(out::bytes32);
    return MerkleLevels.rootOf(out.toArray());
  }
}
