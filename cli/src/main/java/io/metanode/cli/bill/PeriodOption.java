package io.metanode.cli.bill;

import io.metanode.cli.CommandException;
import io.metanode.economy.BillPeriod;
import picocli.CommandLine.Option;

/** Of what time. */
final class PeriodOption {

  @Option(
      names = "--period",
      defaultValue = "all",
      description = "of UTC: 2026-01, 2026-01-31, 2026-01-31T17, or all (default)")
  String text = "all";

  BillPeriod period() {
    try {
      return BillPeriod.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }
}
