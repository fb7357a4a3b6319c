package io.metanode.economy;

/**
 * What comes of a payment.
 *
 * @param tenant whose bill it names; empty if no bill is known
 * @param amount that counts, in minor units of NEX
 * @param left what is owed on the bill after it
 */
public record PaymentVerdict(PaymentStatus status, String tenant, long amount, long left) {}
