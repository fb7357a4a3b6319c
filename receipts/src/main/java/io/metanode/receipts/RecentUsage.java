package io.metanode.receipts;

import org.jspecify.annotations.Nullable;

/**
 * What the newest receipts of a log metered, kept as they are appended, so that who sums them need
 * not read them again. It holds a bounded number of receipts of this process; older ones are read
 * from the log. Safe for use by many threads.
 */
public final class RecentUsage {

  /** Knows nothing: everything is read. */
  public static final RecentUsage NONE = new RecentUsage(0);

  /** The most receipts it knows; about 8 MB. */
  static final int MOST = 1 << 17;

  private static final int LEAST = 1 << 10;

  private @Nullable Usage[] ring = new @Nullable Usage[LEAST];
  private long first;
  private long next;

  /** Begins at the receipt {@code next}. */
  RecentUsage(long next) {
    this.first = next;
    this.next = next;
  }

  /** Adds the next receipt's. */
  synchronized void add(Usage usage) {
    if (next - first == ring.length) {
      if (ring.length < MOST) {
        grow();
      } else {
        first++;
      }
    }
    ring[at(next)] = usage;
    next++;
  }

  /** Forgets the receipts before {@code index}. */
  public synchronized void forgetBefore(long index) {
    for (; first < Math.min(index, next); first++) {
      ring[at(first)] = null;
    }
    if (first == next && ring.length > LEAST) {
      ring = new @Nullable Usage[LEAST];
    }
  }

  /** What the receipt {@code index} metered; null if that is not known here. */
  synchronized @Nullable Usage of(long index) {
    return index >= first && index < next ? ring[at(index)] : null;
  }

  private int at(long index) {
    return (int) (index & (ring.length - 1));
  }

  private void grow() {
    @Nullable Usage[] larger = new @Nullable Usage[2 * ring.length];
    for (long index = first; index < next; index++) {
      larger[(int) (index & (larger.length - 1))] = ring[at(index)];
    }
    ring = larger;
  }
}
