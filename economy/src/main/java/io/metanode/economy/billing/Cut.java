package io.metanode.economy.billing;

/**
 * A settlement and where in the log it was cut.
 *
 * @param at the index of the receipt that closed the hour; for an hour that is still open the
 *     number of receipts that were looked at
 */
public record Cut(Settlement settlement, long at) {}
