package io.metanode.economy;

/**
 * What comes of a payment. Where several hold, the first one here is the result. A settlement and
 * an invoice are bills; a bill of a tenant is named by its digest.
 */
public enum PaymentStatus {
  /** No bill that is known has that digest; what was paid for is somebody else's matter. */
  UNKNOWN_BILL(Effect.NONE),
  /** The transfer, or one after it of the same chain, was judged before. */
  JUDGED_BEFORE(Effect.NONE),
  /** The bill is another tenant's than who is said to have paid it. */
  WRONG_TENANT(Effect.NONE),
  /** It was not paid in NEX. */
  WRONG_TOKEN(Effect.REFUSED),
  /** It was paid into somebody else's account. */
  WRONG_PAYEE(Effect.REFUSED),
  /** Nothing is owed on the bill: all of it is the tenant's credit. */
  PAID_BEFORE(Effect.COUNTS),
  /** It is to be paid from the tenant's credit, and there is none. */
  NO_CREDIT(Effect.NONE),
  /** Less than is owed: the rest stays owed. */
  PARTIAL(Effect.COUNTS),
  /** More than is owed: the bill is paid, and what is left is the tenant's credit. */
  OVERPAID(Effect.COUNTS),
  /** What is owed: the bill is paid. */
  PAID(Effect.COUNTS);

  private enum Effect {
    NONE,
    REFUSED,
    COUNTS
  }

  private final Effect effect;

  PaymentStatus(Effect effect) {
    this.effect = effect;
  }

  /** Whether the tenant owes less by it. */
  public boolean counts() {
    return effect == Effect.COUNTS;
  }

  /** Whether money moved that names a bill and pays nothing of it. */
  public boolean refuses() {
    return effect == Effect.REFUSED;
  }
}
