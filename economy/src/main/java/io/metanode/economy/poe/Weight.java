package io.metanode.economy.poe;

/**
 * How a component counts.
 *
 * @param millionths its share of the index, in 10⁻⁶
 * @param scale how much of it counts as that share, in whole units
 */
public record Weight(long millionths, long scale) {

  /** The sum of the shares of all components. */
  public static final long WHOLE = 1_000_000;

  /**
   * @throws IllegalArgumentException if the share is not from 0 to 1 or the scale not positive
   */
  public Weight {
    if (millionths < 0 || millionths > WHOLE || scale < 1) {
      throw new IllegalArgumentException(
          "a weight is a share from 0 to %d and a scale from 1: not %d, %d"
              .formatted(WHOLE, millionths, scale));
    }
  }
}
