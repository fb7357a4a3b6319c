package io.metanode.economy;

import io.metanode.foundation.Bytes32;

/**
 * The last hour that was closed.
 *
 * @param hour its number since 1970; -1 if none was
 * @param at the index of the receipt that closed it
 * @param prices the digest of the price book it names
 */
record Closed(long hour, long at, Bytes32 prices) {

  static final Closed NONE = new Closed(-1, -1, Bytes32.ZERO);

  Closed(HourClose close) {
    this(close.hour(), close.index(), close.prices());
  }

  /** Whether it settled what a receipt says of usage that ended in an hour. */
  boolean settles(long index, long usageHour) {
    return index < at && usageHour <= hour;
  }
}
