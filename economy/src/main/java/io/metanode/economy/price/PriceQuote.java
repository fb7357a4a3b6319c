package io.metanode.economy.price;

import io.metanode.economy.money.Amount;

/**
 * What a source says.
 *
 * @param price of one token, in AUR; above zero
 * @param time at which the source says so, in milliseconds
 */
public record PriceQuote(String source, Amount price, long time) {

  /**
   * @throws IllegalArgumentException if the price is zero
   */
  public PriceQuote {
    if (price.isZero()) {
      throw new IllegalArgumentException(source + " quotes zero");
    }
  }
}
