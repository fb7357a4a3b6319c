package io.metanode.economy.billing;

import io.metanode.crypto.MerkleHash;
import io.metanode.economy.poe.Usage;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Encoder;

/**
 * Usage as one receipt has it.
 *
 * @param receipt the receipt's leaf hash in its log, which makes it unique
 * @param time at which the usage ended, in milliseconds
 */
public record UsageRecord(Bytes32 receipt, MeterKey key, long time, Usage usage) {

  /** The hour since 1970 in which the usage ended. */
  public long hour() {
    return Math.floorDiv(time, Settlement.HOUR_MILLIS);
  }

  /** The leaf hash in the tree over a line's records. */
  Bytes32 leaf() {
    Encoder out = new Encoder(256).bytes32(receipt).prefixed(key.bytes()).u64(time);
    return Bytes32.of(MerkleHash.leaf(usage.encode(out).toArray()));
  }
}
