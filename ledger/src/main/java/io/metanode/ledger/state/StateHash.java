package io.metanode.ledger.state;

import io.metanode.crypto.Blake3;
import io.metanode.crypto.Blake3Pair;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.state.StateNode.Leaf;
import java.util.Arrays;
import java.util.List;

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
  static final Blake3Pair LEAF = Blake3Pair.named("metanode state leaf v1");
  static final Blake3Pair INNER = Blake3Pair.named("metanode state inner v1");
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

  static Bytes32 leaf(Bytes32 path, Bytes32 valueHash) {
    return pair(LEAF, path, valueHash);
  }

  static Bytes32 value(Bytes value) {
    if (value.length() > SHORT) {
      Bytes32 hash = Bytes32.of(Blake3.of(value.toArray()));
      return pair(LONG_VALUE, hash, new Bytes32(value.length(), 0, 0, 0));
    }
    byte[] padded = padded(value);
    return pair(SHORT_VALUE, Bytes32.of(padded, 0), Bytes32.of(padded, Bytes32.LENGTH));
  }

  private static byte[] padded(Bytes value) {
    byte[] padded = Arrays.copyOf(value.toArray(), 64);
    padded[63] = (byte) value.length();
    return padded;
  }

  /**
   * The hashes of the values of leaves, as {@link #value} gives them.
   *
   * @param messages room for eight numbers each, to work with
   * @param hashes where the hashes go, four numbers each
   */
  static void values(List<Leaf> leaves, long[] messages, long[] hashes) {
    for (int i = 0; i < leaves.size(); i++) {
      Bytes value = leaves.get(i).value();
      if (value.length() <= SHORT) {
        byte[] padded = padded(value);
        put(messages, i * 8, Bytes32.of(padded, 0));
        put(messages, i * 8 + 4, Bytes32.of(padded, Bytes32.LENGTH));
      }
    }
    SHORT_VALUE.hash(messages, hashes, leaves.size());
    for (int i = 0; i < leaves.size(); i++) {
      Bytes value = leaves.get(i).value();
      if (value.length() > SHORT) {
        put(hashes, i * 4, value(value));
      }
    }
  }

  private static void put(long[] numbers, int at, Bytes32 hash) {
    numbers[at] = hash.a();
    numbers[at + 1] = hash.b();
    numbers[at + 2] = hash.c();
    numbers[at + 3] = hash.d();
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
