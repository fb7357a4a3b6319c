package io.metanode.node.logblocks;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When to cut a LogBlock: once so many receipts wait, or the first of them was seen so long ago.
 * Not safe for use by many threads.
 */
final class Pace {

  private final long receipts;
  private final Duration after;
  private @Nullable Instant since;

  Pace(long receipts, Duration after) {
    this.receipts = receipts;
    this.after = after;
  }

  /**
   * Whether it is time.
   *
   * @param waiting the receipts that no LogBlock holds yet
   */
  boolean isDue(long waiting, Instant now) {
    if (waiting == 0) {
      since = null;
      return false;
    }
    if (since == null) {
      since = now;
    }
    return waiting >= receipts || !now.isBefore(since.plus(after));
  }

  /** A LogBlock was cut. */
  void cut() {
    since = null;
  }
}
