package io.metanode.economy;

import io.metanode.foundation.Bytes32;

/**
 * The receipt by which a node closes an hour: all usage that ended before the hour's end and stands
 * before it in the log is settled, if it was not before.
 *
 * @param index the receipt's place in the log
 * @param time when it was made, in milliseconds since 1970
 * @param hour the hour's number since 1970
 * @param prices the digest of the price book then in force
 */
public record HourClose(long index, long time, long hour, Bytes32 prices) {}
