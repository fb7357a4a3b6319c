package io.metanode.containers.engine;

import io.metanode.containers.engine.Counts.Taken;
import io.metanode.receipts.Usage;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Counts what one container uses.
 *
 * <p>CPU time and egress are differences of the kernel's counters, which begin at zero with each
 * run. Memory and storage are held over time: each interval between two readings is charged at the
 * mean of the readings at its two ends. Memory is read when a run starts and ends, each second
 * between, and for each receipt; a run's last reading, when its processes are gone, counts as the
 * one before it. Storage is read before a run starts and when it ends, each minute between, and at
 * removal; between two runs it is charged too, as what was written is still held.
 *
 * <p>A receipt takes what is due and leaves zero; what is due and the last readings are kept on
 * disk with the state, so that an engine restart neither loses nor repeats usage: the interval in
 * which the engine was away is one interval. A crash may come between the state that says what a
 * receipt took and the receipt: the latest takings are kept too, and what no receipt shows is due
 * again. Not safe for use by several threads.
 */
final class Meter {

  /** More receipts than one container leaves while the log makes one group durable. */
  private static final int MOST_TAKEN = 16;

  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000L);
  private static final BigInteger KILOBYTE_DAY = NANOS.multiply(BigInteger.valueOf(86_400_000L));

  private long cpuNanos;
  private long egressBytes;
  private long memoryBytes;
  private Instant memoryAt;
  private long storageBytes;
  private Instant storageAt;

  private long dueCpuNanos;
  private long dueEgressBytes;
  private BigInteger dueMemoryByteNanos;
  private BigInteger dueStorageByteNanos;
  private final Deque<Taken> taken;

  Meter(Counts counts) {
    cpuNanos = counts.cpuNanos();
    egressBytes = counts.egressBytes();
    memoryBytes = counts.memoryBytes();
    memoryAt = counts.memoryAt();
    storageBytes = counts.storageBytes();
    storageAt = counts.storageAt();
    dueCpuNanos = counts.dueCpuNanos();
    dueEgressBytes = counts.dueEgressBytes();
    dueMemoryByteNanos = counts.dueMemoryByteNanos();
    dueStorageByteNanos = counts.dueStorageByteNanos();
    taken = new ArrayDeque<>(counts.taken());
  }

  /** What to keep on disk. */
  Counts counts() {
    return new Counts(
        cpuNanos,
        egressBytes,
        memoryBytes,
        memoryAt,
        storageBytes,
        storageAt,
        dueCpuNanos,
        dueEgressBytes,
        dueMemoryByteNanos,
        dueStorageByteNanos,
        List.copyOf(taken));
  }

  /** A run begins: its counters start at zero. */
  void runStarted(Instant now, long memory) {
    cpuNanos = 0;
    egressBytes = 0;
    memoryBytes = memory;
    memoryAt = now;
  }

  /** Counts CPU time since the last reading of the run's counter. */
  void cpu(long counterNanos) {
    if (counterNanos > cpuNanos) {
      dueCpuNanos += counterNanos - cpuNanos;
      cpuNanos = counterNanos;
    }
  }

  /** Counts bytes sent since the last reading of the run's counter. */
  void egress(long counterBytes) {
    if (counterBytes > egressBytes) {
      dueEgressBytes += counterBytes - egressBytes;
      egressBytes = counterBytes;
    }
  }

  /** Charges memory since the last reading at the mean of both. */
  void memory(Instant now, long bytes) {
    dueMemoryByteNanos = dueMemoryByteNanos.add(held(memoryBytes, bytes, memoryAt, now));
    memoryBytes = bytes;
    memoryAt = now;
  }

  /** The run's end: charges memory up to now at the last reading, and holds none from here. */
  void runEnded(Instant now) {
    memory(now, memoryBytes);
    memoryBytes = 0;
  }

  /** Charges storage since the last reading at the mean of both. */
  void storage(Instant now, long bytes) {
    Instant since = storageAt.equals(Instant.EPOCH) ? now : storageAt;
    dueStorageByteNanos = dueStorageByteNanos.add(held(storageBytes, bytes, since, now));
    storageBytes = bytes;
    storageAt = now;
  }

  /**
   * What is due, for a receipt; nothing is due after it but what does not fill a unit.
   *
   * @param position where in the log the receipt is at the earliest
   */
  Usage take(long position) {
    BigInteger[] memory = dueMemoryByteNanos.divideAndRemainder(NANOS);
    BigInteger[] storage = dueStorageByteNanos.divideAndRemainder(KILOBYTE_DAY);
    Usage usage =
        new Usage(
            dueCpuNanos,
            memory[0].longValueExact(),
            storage[0].longValueExact(),
            dueEgressBytes,
            Usage.ONE_RECEIPT.receiptsCount());
    dueCpuNanos = 0;
    dueEgressBytes = 0;
    dueMemoryByteNanos = memory[1];
    dueStorageByteNanos = storage[1];
    taken.add(new Taken(position, usage));
    if (taken.size() > MOST_TAKEN) {
      taken.remove();
    }
    return usage;
  }

  /** Looks for the receipt that took some usage. */
  interface Receipts {
    boolean have(Taken taken) throws IOException;
  }

  /**
   * After a crash: what was taken for receipts that are not in the log is due again. They were to
   * follow each other there, so it is the last ones that are missing.
   *
   * @return whether there are any
   */
  boolean settle(Receipts log) throws IOException {
    List<Taken> missing = new ArrayList<>();
    while (!taken.isEmpty() && !log.have(taken.getLast())) {
      missing.add(taken.removeLast());
    }
    taken.clear();
    missing.forEach(one -> giveBack(one.usage()));
    return !missing.isEmpty();
  }

  /** Takes back what a receipt that did not last had taken. */
  void giveBack(Usage usage) {
    taken.stream().filter(one -> one.usage().equals(usage)).findFirst().ifPresent(taken::remove);
    dueCpuNanos += usage.cpuMs();
    dueEgressBytes += usage.egressMb();
    dueMemoryByteNanos =
        dueMemoryByteNanos.add(BigInteger.valueOf(usage.memoryMbS()).multiply(NANOS));
    dueStorageByteNanos =
        dueStorageByteNanos.add(BigInteger.valueOf(usage.storageGbDay()).multiply(KILOBYTE_DAY));
  }

  private static BigInteger held(long first, long second, Instant from, Instant to) {
    Duration between = Duration.between(from, to);
    if (between.isNegative()) {
      return BigInteger.ZERO;
    }
    BigInteger nanos =
        BigInteger.valueOf(between.getSeconds())
            .multiply(NANOS)
            .add(BigInteger.valueOf(between.getNano()));
    return BigInteger.valueOf(first).add(BigInteger.valueOf(second)).multiply(nanos).shiftRight(1);
  }
}
