package io.metanode.ledger;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How much was done when, counted in slots of a tenth of a second. Safe for use by many threads.
 */
public final class Timeline {

  /** The length of a slot, in milliseconds. */
  public static final int SLOT_MILLIS = 100;

  private static final int PER_SECOND = 1_000 / SLOT_MILLIS;

  private final AtomicLongArray slots;

  Timeline(long millis) {
    slots = new AtomicLongArray(Math.toIntExact(millis / SLOT_MILLIS) + 1);
  }

  void add(long millis, long count) {
    if (millis >= 0 && millis / SLOT_MILLIS < slots.length()) {
      slots.addAndGet((int) (millis / SLOT_MILLIS), count);
    }
  }

  /** What was done a second, on the mean, between two times. */
  public double rate(long fromMillis, long toMillis) {
    long sum = 0;
    int from = (int) (fromMillis / SLOT_MILLIS);
    int to = Math.min((int) (toMillis / SLOT_MILLIS), slots.length());
    for (int i = from; i < to; i++) {
      sum += slots.get(i);
    }
    return to > from ? (double) sum * PER_SECOND / (to - from) : 0;
  }

  /**
   * The time from {@code fromMillis} until a second begins in which at least {@code rate} is done;
   * -1 if none does.
   */
  public long until(double rate, long fromMillis) {
    for (long at = fromMillis; at / SLOT_MILLIS + PER_SECOND <= slots.length(); at += SLOT_MILLIS) {
      if (rate(at, at + 1_000) >= rate) {
        return at - fromMillis;
      }
    }
    return -1;
  }

  /** The longest time between two times in which nothing was done. */
  public long longestGap(long fromMillis, long toMillis) {
    long longest = 0;
    long gap = 0;
    int to = Math.min((int) (toMillis / SLOT_MILLIS), slots.length());
    for (int i = (int) (fromMillis / SLOT_MILLIS); i < to; i++) {
      gap = slots.get(i) == 0 ? gap + SLOT_MILLIS : 0;
      longest = Math.max(longest, gap);
    }
    return longest;
  }
}
