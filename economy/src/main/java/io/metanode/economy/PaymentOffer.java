package io.metanode.economy;

import io.metanode.foundation.Bytes32;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A payment that is to be judged.
 *
 * @param bill the digest of the settlement or invoice that it names
 * @param amount in minor units; if empty, all that is owed
 * @param place where a ledger made it final; empty if it was made elsewhere
 * @param tenant who is said to have paid; if empty, whose bill it is
 * @param nex whether it is of NEX
 * @param payees whether it went to the payee
 * @param fromCredit whether it is taken from what the tenant paid too much before
 */
public record PaymentOffer(
    Bytes32 bill,
    OptionalLong amount,
    Optional<PaymentPlace> place,
    Optional<String> tenant,
    boolean nex,
    boolean payees,
    boolean fromCredit) {

  /** One that somebody says was made elsewhere. */
  public static PaymentOffer said(String tenant, Bytes32 bill, OptionalLong amount) {
    return new PaymentOffer(bill, amount, Optional.empty(), Optional.of(tenant), true, true, false);
  }

  /** One that a ledger made final. */
  public static PaymentOffer onLedger(
      Bytes32 bill, long amount, PaymentPlace place, boolean nex, boolean payees) {
    return new PaymentOffer(
        bill, OptionalLong.of(amount), Optional.of(place), Optional.empty(), nex, payees, false);
  }

  /** A bill that is paid by what the tenant paid too much before, as far as that goes. */
  public static PaymentOffer fromCredit(String tenant, Bytes32 bill) {
    return new PaymentOffer(
        bill, OptionalLong.empty(), Optional.empty(), Optional.of(tenant), true, true, true);
  }
}
