package io.metanode.simulation.economy;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A run as SVG: one small chart below the other, the days from left to right. */
final class Plot {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 120;
  private static final int MARGIN = 70;

  private final List<EconomyRun.Day> days;
  private final StringBuilder body = new StringBuilder();
  private int charts;

  private Plot(List<EconomyRun.Day> days) {
    this.days = days;
  }

  static String of(EconomyRun.Result result) {
    Plot plot = new Plot(result.days());
    plot.chart("NEX against par", EconomyRun.Day::nexLevel);
    plot.chart("FLX against par", EconomyRun.Day::flxLevel);
    plot.chart("NEX supply", EconomyRun.Day::nexSupply);
    plot.chart("FLX supply", EconomyRun.Day::flxSupply);
    plot.chart("jobs a day, NEX", EconomyRun.Day::jobs);
    plot.chart("margin of providers", EconomyRun.Day::margin);
    plot.chart("treasury, AUR", EconomyRun.Day::treasury);
    return plot.document(result.assumptions().name());
  }

  private void chart(String title, ToDoubleFunction<EconomyRun.Day> value) {
    double low = days.stream().mapToDouble(value).min().orElse(0);
    double high = days.stream().mapToDouble(value).max().orElse(1);
    double span = high > low ? high - low : 1;
    int top = 40 + charts++ * (HEIGHT + 40);
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < days.size(); i++) {
      double x = MARGIN + (double) i * WIDTH / Math.max(1, days.size() - 1);
      double y = top + HEIGHT - (value.applyAsDouble(days.get(i)) - low) / span * HEIGHT;
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
    }
    body.append(
        String.format(
            Locale.ROOT,
            """
            <text x="%d" y="%d" font-weight="bold">%s</text>
            <rect x="%d" y="%d" width="%d" height="%d" fill="none" stroke="#ccc"/>
            <text x="4" y="%d">%.4g</text><text x="4" y="%d">%.4g</text>
            <polyline fill="none" stroke="#06c" points="%s"/>
            """,
            MARGIN,
            top - 8,
            title,
            MARGIN,
            top,
            WIDTH,
            HEIGHT,
            top + 10,
            high,
            top + HEIGHT,
            low,
            points.toString().strip()));
  }

  private String document(String name) {
    int height = 40 + charts * (HEIGHT + 40);
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="11">
        <rect width="100%%" height="100%%" fill="white"/><text x="%d" y="14">%s</text>
        %s</svg>
        """
        .formatted(WIDTH + MARGIN + 20, height, MARGIN, name, body);
  }
}
