package io.metanode.economy;

/**
 * A settlement that is not paid.
 *
 * @param amount in minor units of NEX
 */
public record OwedSettlement(String tenant, long amount) {}
