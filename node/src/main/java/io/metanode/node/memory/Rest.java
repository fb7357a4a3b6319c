package io.metanode.node.memory;

/**
 * When a node rests, told by how many receipts there are: every operation writes one. It is asked
 * every {@link RestingMemory#EVERY}; a health check in between does not end a rest.
 */
final class Rest {

  /** What is to be given back. */
  enum Due {
    NOTHING,
    FILE_PAGES,
    GARBAGE_AND_FILE_PAGES
  }

  /** Receipts from one time to the next that a node at rest may write. */
  static final long FEW = 4;

  private static final int QUIET_UNTIL_REST = 2;
  private static final int AGAIN_AFTER = 3;

  private long receipts;
  private long quiet;

  Rest(long receipts) {
    this.receipts = receipts;
  }

  Due after(long now) {
    boolean few = now - receipts <= FEW;
    receipts = now;
    quiet = few ? quiet + 1 : 0;
    if (quiet == QUIET_UNTIL_REST) {
      return Due.GARBAGE_AND_FILE_PAGES;
    }
    return quiet > QUIET_UNTIL_REST && (quiet - QUIET_UNTIL_REST) % AGAIN_AFTER == 0
        ? Due.FILE_PAGES
        : Due.NOTHING;
  }
}
