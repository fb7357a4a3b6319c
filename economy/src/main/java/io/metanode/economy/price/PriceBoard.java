package io.metanode.economy.price;

import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Fixed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The posted rate of one token, and those of the day before. Any two rates that stood within a day
 * of each other differ by less than the daily move.
 *
 * @param posted the rates that stood in the last day, the oldest first
 */
public record PriceBoard(PriceRules rules, List<Rate> posted) {

  private static final long DAY_MILLIS = 86_400_000;

  /** A rate and when it was posted, in milliseconds. */
  public record Rate(Amount price, long time) {}

  /** What was decided, and the board from then on. */
  public record Outcome(PriceDecision decision, PriceBoard board) {}

  public PriceBoard {
    posted = List.copyOf(posted);
  }

  public static PriceBoard empty(PriceRules rules) {
    return new PriceBoard(rules, List.of());
  }

  /** The rate that stands. */
  public Optional<Rate> rate() {
    return posted.isEmpty() ? Optional.empty() : Optional.of(posted.getLast());
  }

  /**
   * Decides from the newest quote of each source; those that are stale or from the future count as
   * none. The median of an even number is the mean of the middle two, rounded down.
   *
   * @param now in milliseconds, not before the newest rate
   */
  public Outcome decide(List<PriceQuote> quotes, long now) {
    List<Amount> prices = fresh(quotes, now);
    if (prices.size() < rules.leastSources()) {
      return new Outcome(new PriceDecision.TooFewSources(prices.size()), this);
    }
    Amount lowest = prices.getFirst();
    Amount highest = prices.getLast();
    Amount median = median(prices);
    long allowed = Fixed.mulDivFloor(median.units(), rules.spread(), PriceRules.MILLION);
    if (highest.minus(lowest).units() > allowed) {
      return new Outcome(new PriceDecision.SourcesDisagree(lowest, highest, median), this);
    }
    List<Rate> day = standing(now);
    Amount rate = bounded(median, day);
    day.add(new Rate(rate, now));
    PriceDecision decision =
        rate.equals(median)
            ? new PriceDecision.Posted(rate)
            : new PriceDecision.Bounded(rate, median);
    return new Outcome(decision, new PriceBoard(rules, day));
  }

  private List<Amount> fresh(List<PriceQuote> quotes, long now) {
    Map<String, PriceQuote> newest = new TreeMap<>();
    for (PriceQuote quote : quotes) {
      if (quote.time() <= now && now - quote.time() < rules.staleMillis()) {
        newest.merge(
            quote.source(), quote, (one, other) -> other.time() >= one.time() ? other : one);
      }
    }
    return newest.values().stream().map(PriceQuote::price).sorted().toList();
  }

  private static Amount median(List<Amount> sorted) {
    int middle = sorted.size() / 2;
    if (sorted.size() % 2 == 1) {
      return sorted.get(middle);
    }
    long low = sorted.get(middle - 1).units();
    return new Amount(low + (sorted.get(middle).units() - low) / 2);
  }

  /** The rates that stood at some time in the day before {@code now}. */
  private List<Rate> standing(long now) {
    List<Rate> day = new ArrayList<>();
    for (int i = 0; i < posted.size(); i++) {
      boolean replaced = i + 1 < posted.size() && posted.get(i + 1).time() <= now - DAY_MILLIS;
      if (!replaced) {
        day.add(posted.get(i));
      }
    }
    return day;
  }

  private Amount bounded(Amount median, List<Rate> day) {
    long rate = median.units();
    for (Rate before : day) {
      long units = before.price().units();
      long below =
          Fixed.mulDivFloor(units, PriceRules.MILLION - rules.dailyMove(), PriceRules.MILLION);
      long above =
          Fixed.mulDivCeil(units, PriceRules.MILLION + rules.dailyMove(), PriceRules.MILLION);
      rate = Math.max(below + 1, Math.min(above - 1, rate));
    }
    return new Amount(rate);
  }
}
