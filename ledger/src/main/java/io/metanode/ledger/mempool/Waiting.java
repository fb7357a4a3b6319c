package io.metanode.ledger.mempool;

import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionId;
import io.metanode.ledger.transaction.VerifiedTransaction;
import java.util.Comparator;

/** A transaction in the mempool. */
record Waiting(VerifiedTransaction verified) {

  /** The earlier class first, then the higher fee per byte, then the lower id. */
  static final Comparator<Waiting> PRIORITY = Waiting::compare;

  /** The first to expire first. */
  static final Comparator<Waiting> EXPIRY =
      Comparator.comparingLong(Waiting::expiry).thenComparing(Waiting::id);

  private static int compare(Waiting x, Waiting y) {
    int byClass =
        Integer.compare(
            x.transaction().draft().category().code(), y.transaction().draft().category().code());
    if (byClass != 0) {
      return byClass;
    }
    int byRate = compareProducts(y.fee(), x.length(), x.fee(), y.length());
    return byRate != 0 ? byRate : x.id().compareTo(y.id());
  }

  /** Compares a·b with c·d without overflow; none is negative. */
  private static int compareProducts(long a, int b, long c, int d) {
    int high = Long.compare(Math.multiplyHigh(a, b), Math.multiplyHigh(c, d));
    return high != 0 ? high : Long.compareUnsigned(a * b, c * d);
  }

  Transaction transaction() {
    return verified.transaction();
  }

  TransactionId id() {
    return verified.id();
  }

  AccountId sender() {
    return transaction().sender();
  }

  long sequence() {
    return transaction().sequence();
  }

  long fee() {
    return transaction().draft().fee();
  }

  long expiry() {
    return transaction().draft().expiry();
  }

  int length() {
    return transaction().length();
  }
}
