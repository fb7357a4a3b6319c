package io.metanode.economy.price;

import io.metanode.economy.money.Amount;

/**
 * What a source says.
 *
 * @param price of one token, in AUR; above zero, at most {@link #MOST}
 * @param time at which the source says so, in milliseconds
 */
public record PriceQuote(String source, Amount price, long time) {

  /** The highest price there may be: 10⁹ AUR. */
  public static final Amount MOST = Amount.tokens(1_000_000_000);

  /**
   * @throws IllegalArgumentException if the price is zero or above {@link #MOST}
   */
  public PriceQuote {
    if (price.isZero() || price.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(source + " quotes " + price);
    }
  }
}
