package io.metanode.ledger.mempool;

import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionId;
import io.metanode.ledger.transaction.VerifiedTransaction;
import java.util.Comparator;

/** A transaction in the mempool, with what decides its place at hand. */
final class Waiting {

  /** The earlier class first, then the higher fee per byte, then the lower id. */
  static final Comparator<Waiting> PRIORITY = Waiting::compare;

  private final VerifiedTransaction verified;
  private final Lane lane;
  private final TransactionId id;
  private final int category;
  private final long fee;
  private final int length;

  /**
   * @param lane of its sender
   */
  Waiting(VerifiedTransaction verified, Lane lane) {
    this.verified = verified;
    this.lane = lane;
    Transaction transaction = verified.transaction();
    id = transaction.id();
    category = transaction.draft().category().code();
    fee = transaction.draft().fee();
    length = transaction.length();
  }

  private static int compare(Waiting x, Waiting y) {
    if (x.category != y.category) {
      return Integer.compare(x.category, y.category);
    }
    int byRate = compareProducts(y.fee, x.length, x.fee, y.length);
    return byRate != 0 ? byRate : x.id.compareTo(y.id);
  }

  /** Compares a·b with c·d without overflow; none is negative. */
  private static int compareProducts(long a, int b, long c, int d) {
    int high = Long.compare(Math.multiplyHigh(a, b), Math.multiplyHigh(c, d));
    return high != 0 ? high : Long.compareUnsigned(a * b, c * d);
  }

  VerifiedTransaction verified() {
    return verified;
  }

  Transaction transaction() {
    return verified.transaction();
  }

  TransactionId id() {
    return id;
  }

  Lane lane() {
    return lane;
  }

  long sequence() {
    return transaction().sequence();
  }

  long fee() {
    return fee;
  }

  long expiry() {
    return transaction().draft().expiry();
  }

  int length() {
    return length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Waiting that && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return id.toString();
  }
}
