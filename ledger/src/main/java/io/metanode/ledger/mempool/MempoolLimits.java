package io.metanode.ledger.mempool;

/**
 * What a mempool may hold.
 *
 * @param count transactions
 * @param bytes of their encodings together
 * @param perSender transactions of one sender; also how far ahead its sequences may be
 * @param bumpPercent how much more a replacement must pay
 */
public record MempoolLimits(int count, long bytes, int perSender, int bumpPercent) {

  public static final MempoolLimits DEFAULT = new MempoolLimits(100_000, 64L << 20, 64, 10);

  /**
   * @throws IllegalArgumentException if one is not positive
   */
  public MempoolLimits {
    if (count < 1 || bytes < 1 || perSender < 1 || bumpPercent < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /** The least fee of what replaces a transaction with this fee. */
  long replacementFee(long fee) {
    long bump =
        Math.max(1, Math.multiplyHigh(fee, bumpPercent) == 0 ? fee * bumpPercent / 100 : fee);
    long least = fee + bump;
    return least < 0 ? Long.MAX_VALUE : least;
  }
}
