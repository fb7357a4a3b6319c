package io.metanode.ledger.transaction;

import io.metanode.foundation.Bytes32;

/**
 * The RFC 6962 leaf hash of a transaction's encoding, signature included: one hash is the id and
 * the leaf of the block's Merkle tree, so that a list of ids proves its root without the bodies.
 */
public record TransactionId(Bytes32 value) implements Comparable<TransactionId> {

  @Override
  public int compareTo(TransactionId other) {
    return value.compareTo(other.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TransactionId that && value.equals(that.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
