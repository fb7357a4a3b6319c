package io.metanode.ledger.transaction;

import io.metanode.foundation.Bytes32;

/**
 * Names a chain in what is signed for it, so that it is worth nothing on another: the first eight
 * bytes of the digest of the chain's genesis. Two chains share a tag only if someone searched 2^64
 * genesis documents for it.
 */
public record ChainTag(long value) {

  public static ChainTag of(Bytes32 genesisDigest) {
    return new ChainTag(genesisDigest.a());
  }

  /** Sixteen hexadecimal digits. */
  @Override
  public String toString() {
    return "%016x".formatted(value);
  }
}
