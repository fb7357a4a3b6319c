package io.metanode.ledger.consensus;

/**
 * One attempt at deciding a height, each with its own leader.
 *
 * @param value not negative
 */
public record Round(int value) implements Comparable<Round> {

  public static final Round ZERO = new Round(0);

  /**
   * @throws IllegalArgumentException if {@code value} is negative
   */
  public Round {
    if (value < 0) {
      throw new IllegalArgumentException("a round is not negative: " + value);
    }
  }

  public Round next() {
    return new Round(Math.addExact(value, 1));
  }

  public boolean isAfter(Round other) {
    return value > other.value;
  }

  public boolean isBefore(Round other) {
    return value < other.value;
  }

  @Override
  public int compareTo(Round other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
