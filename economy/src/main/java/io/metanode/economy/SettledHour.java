package io.metanode.economy;

import io.metanode.foundation.Bytes32;

/**
 * What a tenant owes for an hour.
 *
 * @param hour the hour's number since 1970
 * @param digest what stands for the settlement, and what a payment of it names
 * @param amount in minor units of NEX
 * @param json the whole settlement, canonical
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SettledHour(String tenant, long hour, Bytes32 digest, long amount, byte[] json) {}
