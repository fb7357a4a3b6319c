package io.metanode.ledger.transaction;

/** A transaction whose signature holds. Only a {@link Verifier} makes one. */
public final class VerifiedTransaction {

  private final Transaction transaction;

  VerifiedTransaction(Transaction transaction) {
    this.transaction = transaction;
  }

  public Transaction transaction() {
    return transaction;
  }

  public TransactionId id() {
    return transaction.id();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifiedTransaction that && transaction.equals(that.transaction);
  }

  @Override
  public int hashCode() {
    return transaction.hashCode();
  }

  /** The id. */
  @Override
  public String toString() {
    return transaction.toString();
  }
}
