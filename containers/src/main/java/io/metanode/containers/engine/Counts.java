package io.metanode.containers.engine;

import io.metanode.receipts.Usage;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * What a container's meter has counted: the readings that the next ones are compared with, and the
 * usage not yet on a receipt.
 *
 * @param cpuNanos the CPU counter of the current run when it was last read
 * @param egressBytes the egress counter of the current run when it was last read
 * @param memoryBytes memory at the last reading; 0 when nothing runs
 * @param memoryAt when that was
 * @param storageBytes written bytes at the last reading
 * @param storageAt when that was; the epoch before the first
 * @param dueCpuNanos CPU time not yet on a receipt
 * @param dueEgressBytes bytes sent, not yet on a receipt
 * @param dueMemoryByteNanos memory held over time, not yet on a receipt
 * @param dueStorageByteNanos storage held over time, not yet on a receipt
 * @param taken what the latest receipts took, which a crash may have kept from them
 */
public record Counts(
    long cpuNanos,
    long egressBytes,
    long memoryBytes,
    Instant memoryAt,
    long storageBytes,
    Instant storageAt,
    long dueCpuNanos,
    long dueEgressBytes,
    BigInteger dueMemoryByteNanos,
    BigInteger dueStorageByteNanos,
    List<Taken> taken) {

  /**
   * Usage that a receipt took.
   *
   * @param position where in the log that receipt is at the earliest
   */
  record Taken(long position, Usage usage) {}

  public Counts {
    taken = List.copyOf(taken);
  }

  static final Counts NONE =
      new Counts(
          0,
          0,
          0,
          Instant.EPOCH,
          0,
          Instant.EPOCH,
          0,
          0,
          BigInteger.ZERO,
          BigInteger.ZERO,
          List.of());
}
