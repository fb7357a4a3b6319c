package io.metanode.ledger.state;

import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import java.util.ArrayList;
import java.util.List;

/**
 * A subtree's kind and hash: enough to know the hash of the tree it is part of, since a leaf moves
 * up where it has no neighbour.
 *
 * @param kind 0 holds nothing, 1 is a leaf, 2 is more
 */
public record SubtreeDigest(int kind, Bytes32 hash) {

  private static final int NOTHING = 0;
  private static final int LEAF = 1;
  private static final int INNER = 2;

  static final int LENGTH = 1 + Bytes32.LENGTH;

  static SubtreeDigest of(StateNode node) {
    int kind =
        switch (node) {
          case StateNode.Empty _ -> NOTHING;
          case StateNode.Leaf _ -> LEAF;
          case StateNode.Inner _ -> INNER;
        };
    return new SubtreeDigest(kind, node.hash());
  }

  private static SubtreeDigest join(SubtreeDigest left, SubtreeDigest right) {
    if (left.kind == NOTHING && right.kind != INNER) {
      return right;
    }
    if (right.kind == NOTHING && left.kind != INNER) {
      return left;
    }
    return new SubtreeDigest(INNER, StateHash.inner(left.hash, right.hash));
  }

  /** The root over subtrees, whose number is a power of two. */
  static Bytes32 root(List<SubtreeDigest> subtrees) {
    List<SubtreeDigest> level = subtrees;
    while (level.size() > 1) {
      List<SubtreeDigest> above = new ArrayList<>(level.size() / 2);
      for (int i = 0; i < level.size(); i += 2) {
        above.add(join(level.get(i), level.get(i + 1)));
      }
      level = above;
    }
    return level.getFirst().hash;
  }

  void encode(Encoder out) {
    out.u8(kind).bytes32(hash);
  }

  static SubtreeDigest decode(Decoder in) throws DecodingException {
    int kind = in.u8();
    Bytes32 hash = in.bytes32();
    if (kind > INNER || (kind == NOTHING) != hash.equals(StateHash.EMPTY)) {
      throw in.fault(DecodingFault.UNKNOWN_CODE, "subtree " + kind);
    }
    return new SubtreeDigest(kind, hash);
  }
}
