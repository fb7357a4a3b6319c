package io.metanode.ledger.ibft;

import java.util.Arrays;

/** A map from non-negative longs to non-negative ints: open addressing, linear probing. */
final class LongTable {

  private static final int FIRST = 1 << 10;
  private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

  private long[] keys = new long[FIRST];
  private int[] values = new int[FIRST];
  private int size;

  LongTable() {
    Arrays.fill(keys, -1);
  }

  static int slot(long key, int mask) {
    long mixed = key * MULTIPLIER;
    return (int) (mixed ^ (mixed >>> 32)) & mask;
  }

  int size() {
    return size;
  }

  /** The value, or -1. */
  int get(long key) {
    int mask = keys.length - 1;
    int at = slot(key, mask);
    while (keys[at] != -1) {
      if (keys[at] == key) {
        return values[at];
      }
      at = (at + 1) & mask;
    }
    return -1;
  }

  /** Of a key that is not there yet. */
  void put(long key, int value) {
    if (2 * ++size > keys.length) {
      grow();
    }
    set(key, value);
  }

  private void set(long key, int value) {
    int mask = keys.length - 1;
    int at = slot(key, mask);
    while (keys[at] != -1) {
      at = (at + 1) & mask;
    }
    keys[at] = key;
    values[at] = value;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[2 * oldKeys.length];
    values = new int[keys.length];
    Arrays.fill(keys, -1);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != -1) {
        set(oldKeys[i], oldValues[i]);
      }
    }
  }
}
