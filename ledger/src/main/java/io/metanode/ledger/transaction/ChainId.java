package io.metanode.ledger.transaction;

/**
 * Names a chain, so that what is signed for one is worth nothing on another. Its genesis states it.
 *
 * @param value any 64 bits
 */
public record ChainId(long value) {

  @Override
  public String toString() {
    return Long.toUnsignedString(value);
  }
}
