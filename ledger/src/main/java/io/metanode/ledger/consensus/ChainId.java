package io.metanode.ledger.consensus;

import io.metanode.foundation.Digest;

/**
 * Which chain a vote or a seal is for, so that none can be replayed on another.
 *
 * @param genesis the digest of the chain's genesis
 */
public record ChainId(Digest genesis) {

  /** The length of a chain id, in bytes. */
  public static final int LENGTH = 32;

  /** The 32 bytes. */
  public byte[] bytes() {
    return genesis.bytes();
  }

  @Override
  public String toString() {
    return genesis.hex();
  }
}
