package io.metanode.economy.poe;

import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;

/**
 * Metered usage, each component in millionths of its unit, as receipts have it: whole counts of the
 * kernel, never rounded.
 *
 * @param cpuMs CPU time, in 10⁻⁶ ms
 * @param memoryMbS memory held over time, in 10⁻⁶ MB·s
 * @param storageGbDay storage held over time, in 10⁻⁶ GB·day
 * @param egressMb bytes sent, in 10⁻⁶ MB
 * @param receiptsCount receipts, in 10⁻⁶ of one receipt
 */
public record Usage(
    long cpuMs, long memoryMbS, long storageGbDay, long egressMb, long receiptsCount) {

  /** Millionths in a unit. */
  public static final long MILLIONTHS = 1_000_000;

  /** The length of the encoding, in bytes. */
  public static final int LENGTH = 5 * Long.BYTES;

  public static final Usage NONE = new Usage(0, 0, 0, 0, 0);

  /**
   * @throws IllegalArgumentException if a component is negative
   */
  public Usage {
    if ((cpuMs | memoryMbS | storageGbDay | egressMb | receiptsCount) < 0) {
      throw new IllegalArgumentException("usage cannot be negative");
    }
  }

  public long of(Component component) {
    return switch (component) {
      case CPU_MS -> cpuMs;
      case MEMORY_MB_S -> memoryMbS;
      case STORAGE_GB_DAY -> storageGbDay;
      case EGRESS_MB -> egressMb;
      case RECEIPTS_COUNT -> receiptsCount;
    };
  }

  /**
   * @throws ArithmeticException if a component's sum is 2^63 or more
   */
  public Usage plus(Usage other) {
    return new Usage(
        Math.addExact(cpuMs, other.cpuMs),
        Math.addExact(memoryMbS, other.memoryMbS),
        Math.addExact(storageGbDay, other.storageGbDay),
        Math.addExact(egressMb, other.egressMb),
        Math.addExact(receiptsCount, other.receiptsCount));
  }

  /** Five numbers in the order of {@link Component}. */
  public Encoder encode(Encoder out) {
    return out.u64(cpuMs).u64(memoryMbS).u64(storageGbDay).u64(egressMb).u64(receiptsCount);
  }

  public static Usage decode(Decoder in) throws DecodingException {
    return new Usage(in.u63(), in.u63(), in.u63(), in.u63(), in.u63());
  }
}
