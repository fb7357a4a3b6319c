package io.metanode.ledger.ibft;

/** A set of non-negative longs, eight bytes each at three quarters full; nothing is ever lost. */
final class LongSet {

  private static final int FIRST = 1 << 12;

  /** Each key plus one; zero is free. */
  private long[] slots = new long[FIRST];

  private long size;

  long size() {
    return size;
  }

  boolean contains(long key) {
    return slots[find(slots, key)] != 0;
  }

  /** Whether it was not there. */
  boolean add(long key) {
    int at = find(slots, key);
    if (slots[at] != 0) {
      return false;
    }
    slots[at] = key + 1;
    if (++size > slots.length / 4L * 3) {
      grow();
    }
    return true;
  }

  private static int find(long[] slots, long key) {
    int mask = slots.length - 1;
    int at = LongTable.slot(key, mask);
    while (slots[at] != 0 && slots[at] != key + 1) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    long[] larger = new long[2 * slots.length];
    for (long slot : slots) {
      if (slot != 0) {
        larger[find(larger, slot - 1)] = slot;
      }
    }
    slots = larger;
  }
}
