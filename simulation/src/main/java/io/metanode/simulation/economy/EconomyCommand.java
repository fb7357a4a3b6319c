package io.metanode.simulation.economy;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * {@code simulate --economy [--days N] [--seeds N] [--seed S] [--out DIRECTORY]}: every set of
 * {@link Assumptions} with N seeds, or one. Prints a line of JSON for each run and a table of which
 * target holds where; into the directory it writes the lines and a plot of each set's first seed.
 * Exits with 1 if the audit of a ledger finds a fault.
 */
public final class EconomyCommand {

  private int days = 365;
  private long seeds = 5;
  private long first = 1;
  private Optional<Path> out = Optional.empty();

  private EconomyCommand() {}

  /** The exit code. */
  public static int run(List<String> arguments, PrintStream print) {
    EconomyCommand command = new EconomyCommand();
    if (!command.read(arguments)) {
      print.println(
          "usage: simulate --economy [--days N] [--seeds N] [--seed S] [--out DIRECTORY]");
      return 2;
    }
    return command.run(print);
  }

  private boolean read(List<String> arguments) {
    try {
      for (int i = 0; i < arguments.size(); i += 2) {
        String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
        switch (arguments.get(i)) {
          case "--days" -> days = Integer.parseInt(value);
          case "--seeds" -> seeds = Long.parseLong(value);
          case "--seed" -> {
            first = Long.parseLong(value);
            seeds = 1;
          }
          case "--out" -> out = Optional.of(Path.of(value));
          default -> {
            return false;
          }
        }
      }
    } catch (NumberFormatException e) {
      return false;
    }
    return days >= 2 && seeds >= 1;
  }

  private int run(PrintStream print) {
    List<String> lines = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    int faults = 0;
    for (Assumptions assumptions : Assumptions.ALL) {
      List<Figures> figures = new ArrayList<>();
      for (long seed = first; seed < first + seeds; seed++) {
        EconomyRun.Result result = EconomyRun.of(assumptions, seed, days);
        figures.add(Figures.of(result));
        faults += result.faults().size();
        lines.add(figures.getLast().json(assumptions.name(), seed, result.faults().size()));
        print.println(lines.getLast());
        if (seed == first) {
          write(assumptions.name().replaceAll("[^a-zA-Z0-9]+", "-") + ".svg", Plot.of(result));
        }
      }
      rows.add(row(assumptions.name(), figures));
    }
    write("economy.jsonl", String.join("\n", lines) + "\n");
    print.println();
    print.println(
        "assumptions            volatility  price/par    margin  >20%   treasury  >15%"
            + "   NEX     FLX   stopped   self-dealing");
    print.println(
        "                         a year  low - high    median  days   a month  months"
            + "  supply  supply    days   gain, AUR");
    rows.forEach(print::println);
    print.println("medians over " + seeds + " seeds of " + days + " days; audit faults: " + faults);
    return faults == 0 ? 0 : 1;
  }

  private static double median(List<Figures> figures, ToDoubleFunction<Figures> value) {
    return Figures.median(figures.stream().mapToDouble(value).toArray());
  }

  private static String row(String name, List<Figures> all) {
    return String.format(
        Locale.ROOT,
        "%-22s %8.0f %%  %5.2f - %-5.2f  %5.0f %%  %4.0f %%  %6.0f %%  %3.0f %%  %6.2f  %6.2f  %6.0f  %12.0f",
        name,
        100 * median(all, Figures::volatility),
        median(all, Figures::lowest),
        median(all, Figures::highest),
        100 * median(all, Figures::margin),
        100 * median(all, Figures::goodDays),
        100 * median(all, Figures::treasuryGrowth),
        100 * median(all, Figures::goodMonths),
        median(all, Figures::nexSupply),
        median(all, Figures::flxSupply),
        median(all, Figures::stopped),
        median(all, Figures::dealing));
  }

  private void write(String name, String text) {
    out.ifPresent(
        directory -> {
          try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(name), text);
          } catch (IOException e) {
            throw new UncheckedIOException(
                "cannot write " + directory.resolve(name) + "; choose another --out", e);
          }
        });
  }
}
