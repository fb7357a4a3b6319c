package io.metanode.ledger.state;

import io.metanode.ledger.encoding.Bytes;
import io.metanode.ledger.encoding.Bytes32;

/** A subtree, which never changes: an update shares whatever it leaves alone. */
sealed interface StateNode {

  Bytes32 hash();

  /** A subtree that holds nothing. */
  record Empty() implements StateNode {
    static final Empty INSTANCE = new Empty();

    @Override
    public Bytes32 hash() {
      return StateHash.EMPTY;
    }
  }

  /** A subtree that holds one value, however high it is: chains of one child are left out. */
  record Leaf(StateKey key, Bytes value, Bytes32 hash) implements StateNode {

    static Leaf of(StateKey key, Bytes value) {
      return new Leaf(key, value, StateHash.leaf(key.path(), StateHash.value(value)));
    }
  }

  /** A subtree that holds at least two values. */
  record Inner(StateNode left, StateNode right, Bytes32 hash) implements StateNode {}

  /** The subtree over two halves. */
  static StateNode join(StateNode left, StateNode right) {
    if (left instanceof Empty && !(right instanceof Inner)) {
      return right;
    }
    if (right instanceof Empty && !(left instanceof Inner)) {
      return left;
    }
    return new Inner(left, right, StateHash.inner(left.hash(), right.hash()));
  }
}
