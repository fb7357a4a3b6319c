package io.metanode.ledger.store;

/**
 * How a chain is stored.
 *
 * @param segmentLength the bytes after which a new file of blocks is begun
 * @param flushEvery the blocks after which the index is made durable; a crash replays at most so
 *     many
 * @param keptStates the heights whose states can be proved from
 * @param batch about so many transactions, and changes of values, go into the index at once
 */
public record StoreOptions(long segmentLength, int flushEvery, int keptStates, int batch) {

  public static final StoreOptions DEFAULT = new StoreOptions(64L << 20, 256, 8, 1 << 16);

  /**
   * @throws IllegalArgumentException if one is not positive
   */
  public StoreOptions {
    if (segmentLength < 1 || flushEvery < 1 || keptStates < 1 || batch < 1) {
      throw new IllegalArgumentException("options must be positive");
    }
  }
}
