package io.metanode.ledger.state;

import io.metanode.ledger.transaction.Transaction;

/**
 * The least fee of a transaction.
 *
 * @param base in FLX minor units
 * @param perByte in FLX minor units for each byte of the encoding
 */
public record FeeRule(long base, long perByte) {

  /**
   * @throws IllegalArgumentException if a number is negative or far too large
   */
  public FeeRule {
    if (base < 0 || perByte < 0 || base > 1L << 60 || perByte > 1L << 40) {
      throw new IllegalArgumentException("no fee rule: " + base + ", " + perByte);
    }
  }

  public long least(Transaction transaction) {
    return base + perByte * transaction.length();
  }
}
