package io.metanode.economy;

import io.metanode.economy.billing.Settlement;
import io.metanode.foundation.Bytes32;

/**
 * The last hour that was closed.
 *
 * @param hour its number since 1970; -1 if none was
 * @param at the index of the receipt that closed it
 * @param time when that was
 * @param prices the digest of the price book it names
 */
record Closed(long hour, long at, long time, Bytes32 prices) {

  static final Closed NONE = new Closed(-1, -1, -1, Bytes32.ZERO);

  Closed(HourClose close) {
    this(close.hour(), close.index(), close.time(), close.prices());
  }

  /** Whether it settled what a receipt says. */
  boolean settles(long index, long usageTime) {
    return index < at && usageTime / Settlement.HOUR_MILLIS <= hour;
  }
}
