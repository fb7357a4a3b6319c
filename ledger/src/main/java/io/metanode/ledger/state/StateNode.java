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

  /** Writes the four numbers of the hash. */
  default void hash(long[] target, int at) {
    target[at] = a();
    target[at + 1] = b();
    target[at + 2] = c();
    target[at + 3] = d();
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

  /** Where a node's hash is, which {@link NodeHashes} fills in before anyone else sees it. */
  abstract sealed class Hashed implements StateNode {
    private long a;
    private long b;
    private long c;
    private long d;

    void hashed(long[] hashes, int at) {
      a = hashes[at];
      b = hashes[at + 1];
      c = hashes[at + 2];
      d = hashes[at + 3];
    }

    @Override
    public long a() {
      return a;
    }

    @Override
    public long b() {
      return b;
    }

    @Override
    public long c() {
      return c;
    }

    @Override
    public long d() {
      return d;
    }
  }

  /** A subtree that holds one value, however high it is: chains of one child are left out. */
  final class Leaf extends Hashed {
    private final long path0;
    private final long path1;
    private final long path2;
    private final long path3;
    private final Bytes value;

    Leaf(StateKey key, Bytes value) {
      Bytes32 path = key.path();
      path0 = path.a();
      path1 = path.b();
      path2 = path.c();
      path3 = path.d();
      this.value = value;
    }

    Bytes32 path() {
      return new Bytes32(path0, path1, path2, path3);
    }

    /** Writes the four numbers of the path. */
    void path(long[] target, int at) {
      target[at] = path0;
      target[at + 1] = path1;
      target[at + 2] = path2;
      target[at + 3] = path3;
    }

    Bytes value() {
      return value;
    }

    StateKey key() {
      return new StateKey(path());
    }

    /** Whether the other is a leaf for the same key. */
    boolean hasPathOf(StateNode other) {
      return other instanceof Leaf that
          && path0 == that.path0
          && path1 == that.path1
          && path2 == that.path2
          && path3 == that.path3;
    }

    boolean has(StateKey key) {
      Bytes32 path = key.path();
      return path0 == path.a() && path1 == path.b() && path2 == path.c() && path3 == path.d();
    }
  }

  /** A subtree that holds at least two values. */
  final class Inner extends Hashed {
    private final StateNode left;
    private final StateNode right;

    Inner(StateNode left, StateNode right) {
      this.left = left;
      this.right = right;
    }

    StateNode left() {
      return left;
    }

    StateNode right() {
      return right;
    }
  }
}
