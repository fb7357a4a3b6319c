package io.metanode.economy;

import io.metanode.foundation.Bytes32;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a receipt says of a payment.
 *
 * @param index the receipt's
 * @param tenant whose account it names
 * @param bill the digest of a settlement or an invoice
 * @param amount in minor units of NEX; if empty, all that is owed
 * @param place where a ledger made it; empty if it was made elsewhere
 */
public record PaymentFact(
    long index,
    String tenant,
    Bytes32 bill,
    OptionalLong amount,
    Optional<PaymentPlace> place,
    Kind kind) {

  /** What became of it. */
  public enum Kind {
    /** It counts. */
    COUNTED,
    /** It counts, and was taken from the tenant's credit. */
    FROM_CREDIT,
    /** It pays nothing. */
    REFUSED
  }
}
