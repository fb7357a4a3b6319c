package io.metanode.ledger.block;

import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Digest;

/** SHA-256 of a header's encoding. */
public record BlockId(Bytes32 value) implements Comparable<BlockId> {

  /** The parent of the first block. */
  public static final BlockId NONE = new BlockId(Bytes32.ZERO);

  /** The id that a proposal's digest is. */
  public static BlockId of(Digest digest) {
    return new BlockId(Bytes32.of(digest.bytes()));
  }

  /** The id as consensus names proposals. */
  public Digest digest() {
    return Digest.ofBytes(value.bytes());
  }

  @Override
  public int compareTo(BlockId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
