package io.metanode.simulation.economy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a run comes to.
 *
 * @param volatility of the price of NEX, a year: standard deviation of daily log returns · √365
 * @param lowest price of NEX against par, at the end of some day
 * @param highest price of NEX against par
 * @param margin of the providers, median over the days with jobs
 * @param goodDays share of the days with jobs on which the margin is above 20 %
 * @param treasuryGrowth the treasury's, in the last whole month
 * @param goodMonths share of the months from the second on in which it grows by more than 15 %
 * @param nexSupply at the end, against the beginning
 * @param flxSupply at the end, against the beginning
 * @param stopped days on which nothing was settled
 * @param dealing what providers gained by buying from themselves, in AUR
 */
public record Figures(
    double volatility,
    double lowest,
    double highest,
    double margin,
    double goodDays,
    double treasuryGrowth,
    double goodMonths,
    double nexSupply,
    double flxSupply,
    double stopped,
    double dealing) {

  private static final int MONTH = 30;

  static Figures of(EconomyRun.Result result) {
    List<EconomyRun.Day> days = result.days();
    double[] levels = days.stream().mapToDouble(EconomyRun.Day::nexLevel).toArray();
    double[] margins =
        days.stream().filter(day -> day.jobs() > 0).mapToDouble(EconomyRun.Day::margin).toArray();
    double[] growth = growth(days);
    EconomyRun.Day last = days.getLast();
    return new Figures(
        volatility(levels),
        IntStream.range(0, levels.length).mapToDouble(i -> levels[i]).min().orElse(0),
        IntStream.range(0, levels.length).mapToDouble(i -> levels[i]).max().orElse(0),
        median(margins),
        share(margins, 0.20),
        growth.length == 0 ? 0 : growth[growth.length - 1],
        share(growth, 0.15),
        last.nexSupply() / 300_000,
        last.flxSupply() / 500_000,
        days.stream().filter(EconomyRun.Day::stopped).count(),
        result.dealing());
  }

  private static double[] growth(List<EconomyRun.Day> days) {
    int months = days.size() / MONTH;
    return IntStream.range(1, Math.max(1, months))
        .mapToDouble(
            month ->
                days.get((month + 1) * MONTH - 1).treasury()
                        / days.get(month * MONTH - 1).treasury()
                    - 1)
        .toArray();
  }

  private static double volatility(double[] levels) {
    double[] returns =
        IntStream.range(1, levels.length)
            .mapToDouble(i -> StrictMath.log(levels[i] / levels[i - 1]))
            .toArray();
    double mean =
        IntStream.range(0, returns.length).mapToDouble(i -> returns[i]).sum() / returns.length;
    double squares = 0;
    for (double value : returns) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / returns.length * 365);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  private static double share(double[] values, double above) {
    long good = Arrays.stream(values).filter(value -> value > above).count();
    return values.length == 0 ? 0 : (double) good / values.length;
  }

  /** One line of JSON: each figure's name and value. */
  String json(String name, long seed, int faults) {
    return String.format(
        Locale.ROOT,
        "{\"scenario\":\"%s\",\"seed\":%d,\"volatility\":%.4f,\"lowest\":%.4f,\"highest\":%.4f,"
            + "\"margin\":%.4f,\"goodDays\":%.4f,\"treasuryGrowth\":%.4f,\"goodMonths\":%.4f,"
            + "\"nexSupply\":%.4f,\"flxSupply\":%.4f,\"stopped\":%.0f,\"dealing\":%.0f,"
            + "\"auditFaults\":%d}",
        name,
        seed,
        volatility,
        lowest,
        highest,
        margin,
        goodDays,
        treasuryGrowth,
        goodMonths,
        nexSupply,
        flxSupply,
        stopped,
        dealing,
        faults);
  }
}
