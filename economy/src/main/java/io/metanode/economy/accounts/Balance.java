package io.metanode.economy.accounts;

import io.metanode.economy.money.Amount;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;

/** What is, and what may yet be, moved out of an account (debits) and into it (credits). */
public record Balance(
    Total debitsPending, Total debitsPosted, Total creditsPending, Total creditsPosted) {

  public static final Balance ZERO = new Balance(Total.ZERO, Total.ZERO, Total.ZERO, Total.ZERO);

  Total debits() {
    return debitsPosted.plus(debitsPending);
  }

  Total credits() {
    return creditsPosted.plus(creditsPending);
  }

  boolean hasPending() {
    return !debitsPending.isZero() || !creditsPending.isZero();
  }

  /** Moves out: an amount, or what becomes of a pending one. */
  Balance debit(Change change) {
    return new Balance(
        change.pending(debitsPending), change.posted(debitsPosted), creditsPending, creditsPosted);
  }

  /** Moves in: an amount, or what becomes of a pending one. */
  Balance credit(Change change) {
    return new Balance(
        debitsPending, debitsPosted, change.pending(creditsPending), change.posted(creditsPosted));
  }

  void encode(Encoder out) {
    debitsPending.encode(out);
    debitsPosted.encode(out);
    creditsPending.encode(out);
    creditsPosted.encode(out);
  }

  static Balance decode(Decoder in) throws DecodingException {
    return new Balance(Total.decode(in), Total.decode(in), Total.decode(in), Total.decode(in));
  }

  /**
   * What a transfer does to both sides.
   *
   * @param held becomes pending
   * @param released is pending no longer
   * @param moved is posted
   */
  record Change(Amount held, Amount released, Amount moved) {

    static Change moves(Amount amount) {
      return new Change(Amount.ZERO, Amount.ZERO, amount);
    }

    static Change holds(Amount amount) {
      return new Change(amount, Amount.ZERO, Amount.ZERO);
    }

    Total pending(Total before) {
      return before.plus(held).minus(released);
    }

    Total posted(Total before) {
      return before.plus(moved);
    }
  }
}
