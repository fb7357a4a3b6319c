package io.metanode.ledger.consensus;

/**
 * The position of a block in the chain. The genesis has height 0; the first decided block 1.
 *
 * @param value not negative
 */
public record Height(long value) implements Comparable<Height> {

  public static final Height GENESIS = new Height(0);

  /**
   * @throws IllegalArgumentException if {@code value} is negative
   */
  public Height {
    if (value < 0) {
      throw new IllegalArgumentException("a height is not negative: " + value);
    }
  }

  public Height next() {
    return new Height(Math.addExact(value, 1));
  }

  public boolean isAfter(Height other) {
    return value > other.value;
  }

  @Override
  public int compareTo(Height other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
