package io.metanode.cli.bill;

import io.metanode.cli.CommandException;
import io.metanode.economy.DocumentException;
import io.metanode.economy.InvoiceTerms;
import io.metanode.economy.LogBills;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which bill of a log: whose, of what time, and its number. */
final class BillChoice {

  @Option(names = "--tenant", description = "whose bill (default: that of the only tenant)")
  @Nullable String tenant;

  @Mixin PeriodOption time = new PeriodOption();

  @Option(names = "--number", description = "the bill's number (default: from its contents)")
  @Nullable String number;

  String tenant(LogBills bills) {
    return BillSource.tenant(bills, tenant);
  }

  /**
   * The bill, as canonical JSON; empty if there is nothing to bill.
   *
   * @param interim with what is not settled yet
   */
  Optional<byte[]> invoice(LogBills bills, boolean interim, BillSource source) throws IOException {
    try {
      return bills
          .documents()
          .invoice(
              tenant(bills),
              time.period(),
              interim,
              Optional.ofNullable(number),
              source.terms().orElse(InvoiceTerms.NONE));
    } catch (DocumentException e) {
      throw new CommandException("the terms: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new CommandException("no number of a bill: " + number, e);
    }
  }
}
