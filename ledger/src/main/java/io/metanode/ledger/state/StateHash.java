package io.metanode.ledger.state;

import io.metanode.crypto.Blake3;
import io.metanode.crypto.Blake3Pair;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import java.util.Arrays;

/**
 * The hashes of the state tree: one BLAKE3 compression of 64 bytes each, keyed by what it is for,
 * so that none can pass for another.
 */
public final class StateHash {

  /** The hash of a subtree that holds nothing. */
  public static final Bytes32 EMPTY = Bytes32.ZERO;

  /** The longest value that is hashed in one compression, in bytes. */
  private static final int SHORT = 56;

  private static final Blake3Pair PATH = Blake3Pair.named("metanode state path v1");
  private static final Blake3Pair LEAF = Blake3Pair.named("metanode state leaf v1");
  private static final Blake3Pair INNER = Blake3Pair.named("metanode state inner v1");
  private static final Blake3Pair SHORT_VALUE = Blake3Pair.named("metanode state short value v1");
  private static final Blake3Pair LONG_VALUE = Blake3Pair.named("metanode state long value v1");

  private StateHash() {}

  private static Bytes32 pair(Blake3Pair kind, Bytes32 x, Bytes32 y) {
    return kind.hash(x.a(), x.b(), x.c(), x.d(), y.a(), y.b(), y.c(), y.d(), Bytes32::new);
  }

  static Bytes32 path(int namespace, Bytes32 key) {
    return pair(PATH, key, new Bytes32(namespace, 0, 0, 0));
  }

  static Bytes32 inner(Bytes32 left, Bytes32 right) {
    return pair(INNER, left, right);
  }

  static StateNode inner(StateNode l, StateNode r) {
    return INNER.hash(
        l.a(),
        l.b(),
        l.c(),
        l.d(),
        r.a(),
        r.b(),
        r.c(),
        r.d(),
        (a, b, c, d) -> new StateNode.Inner(l, r, a, b, c, d));
  }

  static Bytes32 leaf(Bytes32 path, Bytes32 valueHash) {
    return pair(LEAF, path, valueHash);
  }

  static Bytes32 value(Bytes value) {
    byte[] bytes = value.toArray();
    if (bytes.length > SHORT) {
      Bytes32 hash = Bytes32.of(Blake3.of(bytes));
      return pair(LONG_VALUE, hash, new Bytes32(bytes.length, 0, 0, 0));
    }
    byte[] padded = Arrays.copyOf(bytes, 64);
    padded[63] = (byte) bytes.length;
    return pair(SHORT_VALUE, Bytes32.of(padded, 0), Bytes32.of(padded, Bytes32.LENGTH));
  }

  /** The bit of a path that decides between left (0) and right (1) below {@code depth} nodes. */
  static boolean right(Bytes32 path, int depth) {
    long word =
        switch (depth >>> 6) {
          case 0 -> path.a();
          case 1 -> path.b();
          case 2 -> path.c();
          default -> path.d();
        };
    return (word >>> (63 - (depth & 63)) & 1) == 1;
  }
}
