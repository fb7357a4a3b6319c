package io.metanode.ledger.state;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;

/**
 * A subtree, which never changes: an update shares whatever it leaves alone. The hash lies in the
 * node itself, as four numbers: a walk through a large tree pays for every object it touches.
 */
sealed interface StateNode {

  /** The first eight bytes of the hash, big-endian; the others follow. */
  long a();

  long b();

  long c();

  long d();

  default Bytes32 hash() {
    return new Bytes32(a(), b(), c(), d());
  }

  /** Whether the hashes are equal. */
  default boolean same(StateNode other) {
    return a() == other.a() && b() == other.b() && c() == other.c() && d() == other.d();
  }

  /** A subtree that holds nothing. */
  record Empty() implements StateNode {
    static final Empty INSTANCE = new Empty();

    @Override
    public long a() {
      return StateHash.EMPTY.a();
    }

    @Override
    public long b() {
      return StateHash.EMPTY.b();
    }

    @Override
    public long c() {
      return StateHash.EMPTY.c();
    }

    @Override
    public long d() {
      return StateHash.EMPTY.d();
    }
  }

  /** A subtree that holds one value, however high it is: chains of one child are left out. */
  record Leaf(Bytes32 path, Bytes value, long a, long b, long c, long d) implements StateNode {

    static Leaf of(StateKey key, Bytes value) {
      Bytes32 hash = StateHash.leaf(key.path(), StateHash.value(value));
      return new Leaf(key.path(), value, hash.a(), hash.b(), hash.c(), hash.d());
    }

    StateKey key() {
      return new StateKey(path);
    }

    boolean has(StateKey key) {
      return path.equals(key.path());
    }
  }

  /** A subtree that holds at least two values. */
  record Inner(StateNode left, StateNode right, long a, long b, long c, long d)
      implements StateNode {}

  /** The subtree over two halves. */
  static StateNode join(StateNode left, StateNode right) {
    if (left instanceof Empty && !(right instanceof Inner)) {
      return right;
    }
    if (right instanceof Empty && !(left instanceof Inner)) {
      return left;
    }
    return StateHash.inner(left, right);
  }
}
