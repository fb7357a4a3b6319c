package io.metanode.ledger;

import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import java.util.List;

/**
 * What the receipts of a LogBlock metered together, each component in millionths of its unit, as
 * receipts have it (docs/formats/receipt.md).
 */
public record UsageSums(
    long cpuMs, long memoryMbS, long storageGbDay, long egressMb, long receiptsCount) {

  public static final UsageSums NONE = new UsageSums(0, 0, 0, 0, 0);

  /**
   * @throws IllegalArgumentException if a component is negative
   */
  public UsageSums {
    if ((cpuMs | memoryMbS | storageGbDay | egressMb | receiptsCount) < 0) {
      throw new IllegalArgumentException("usage is never negative");
    }
  }

  /**
   * @throws ArithmeticException if a component is above 2^63 - 1
   */
  public UsageSums plus(UsageSums other) {
    return new UsageSums(
        Math.addExact(cpuMs, other.cpuMs),
        Math.addExact(memoryMbS, other.memoryMbS),
        Math.addExact(storageGbDay, other.storageGbDay),
        Math.addExact(egressMb, other.egressMb),
        Math.addExact(receiptsCount, other.receiptsCount));
  }

  /** The five sums in the order of the receipts: CPU, memory, storage, egress, receipts. */
  public List<Long> components() {
    return List.of(cpuMs, memoryMbS, storageGbDay, egressMb, receiptsCount);
  }

  void encode(Encoder out) {
    out.u64(cpuMs).u64(memoryMbS).u64(storageGbDay).u64(egressMb).u64(receiptsCount);
  }

  static UsageSums decode(Decoder in) throws DecodingException {
    return new UsageSums(in.u63(), in.u63(), in.u63(), in.u63(), in.u63());
  }
}
