package io.metanode.receipts;

/**
 * Metered usage since the previous receipt of the same container, each component in millionths of
 * its unit, so that what the kernel counts is kept exactly: millionths of a CPU millisecond are
 * nanoseconds, of a megabyte (10⁶ bytes) bytes, of a megabyte-second byte-seconds, and of a
 * gigabyte-day kilobyte-days.
 *
 * @param cpuMs CPU time, in 10⁻⁶ ms
 * @param memoryMbS memory held over time, in 10⁻⁶ MB·s
 * @param storageGbDay storage held over time, in 10⁻⁶ GB·day
 * @param egressMb bytes sent out of the container, in 10⁻⁶ MB
 * @param receiptsCount receipts, in 10⁻⁶ of one receipt
 */
public record Usage(
    long cpuMs, long memoryMbS, long storageGbDay, long egressMb, long receiptsCount) {

  public static final Usage NONE = new Usage(0, 0, 0, 0, 0);

  /** Of an operation that used nothing but its receipt. */
  public static final Usage ONE_RECEIPT = new Usage(0, 0, 0, 0, 1_000_000);

  /**
   * @throws IllegalArgumentException if a component is negative
   */
  public Usage {
    if ((cpuMs | memoryMbS | storageGbDay | egressMb | receiptsCount) < 0) {
      throw new IllegalArgumentException("usage cannot be negative");
    }
  }

  /**
   * @throws ArithmeticException if a component is above 2^63 - 1
   */
  public Usage plus(Usage other) {
    return new Usage(
        Math.addExact(cpuMs, other.cpuMs),
        Math.addExact(memoryMbS, other.memoryMbS),
        Math.addExact(storageGbDay, other.storageGbDay),
        Math.addExact(egressMb, other.egressMb),
        Math.addExact(receiptsCount, other.receiptsCount));
  }
}
