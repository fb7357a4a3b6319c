package io.metanode.economy.price;

/**
 * When quotes make a price.
 *
 * @param leastSources fresh ones that are needed
 * @param staleMillis the age from which a quote counts no more
 * @param spread how far the highest may be above the lowest, of the median, in millionths
 * @param dailyMove what the posted rate must stay below in a day, in millionths
 */
public record PriceRules(int leastSources, long staleMillis, long spread, long dailyMove) {

  static final long MILLION = 1_000_000;

  /** Three sources of the last ten minutes, 2 % apart at most, less than 10 % a day. */
  public static final PriceRules DEFAULT = new PriceRules(3, 600_000, 20_000, 100_000);

  /**
   * @throws IllegalArgumentException if a rule makes no sense
   */
  public PriceRules {
    if (leastSources < 1 || staleMillis < 1 || spread < 0 || dailyMove < 1 || dailyMove > MILLION) {
      throw new IllegalArgumentException(
          "no rules: %d sources, %d ms, spread %d, move %d"
              .formatted(leastSources, staleMillis, spread, dailyMove));
    }
  }
}
