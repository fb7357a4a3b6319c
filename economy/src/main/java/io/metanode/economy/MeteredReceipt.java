package io.metanode.economy;

import io.metanode.foundation.Bytes32;

/**
 * What a receipt says that matters to bills.
 *
 * @param index the receipt's place in its log
 * @param receipt its leaf hash
 * @param time when the usage ended, in milliseconds since 1970
 * @param cpuMs usage in millionths of a unit, as the four after it
 */
public record MeteredReceipt(
    long index,
    Bytes32 receipt,
    String tenant,
    String app,
    String container,
    long time,
    long cpuMs,
    long memoryMbS,
    long storageGbDay,
    long egressMb,
    long receiptsCount) {}
