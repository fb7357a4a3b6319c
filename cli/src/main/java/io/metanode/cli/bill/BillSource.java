package io.metanode.cli.bill;

import io.metanode.billing.BillFiles;
import io.metanode.billing.LogMeter;
import io.metanode.billing.PriceSource;
import io.metanode.cli.CommandException;
import io.metanode.cli.NodeHome;
import io.metanode.economy.DocumentException;
import io.metanode.economy.InvoiceTerms;
import io.metanode.economy.LogBills;
import io.metanode.economy.Prices;
import io.metanode.receipts.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which log, and at which prices. */
final class BillSource {

  @Option(
      names = "--log",
      paramLabel = "DIR",
      description = "the log's directory (default: receipts in METANODE_HOME)")
  @Nullable Path log;

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description =
          "the price book (default: bills/prices.json in METANODE_HOME, else list prices)")
  @Nullable Path prices;

  @Option(
      names = "--terms",
      paramLabel = "FILE",
      description = "parties and tax rates (default: bills/terms.json in METANODE_HOME, else none)")
  @Nullable Path terms;

  private static BillFiles files() {
    return new BillFiles(NodeHome.fromEnvironment().billsDirectory());
  }

  Path log() {
    return log != null ? log : NodeHome.fromEnvironment().receiptsDirectory();
  }

  LogReader open() throws IOException {
    if (Files.notExists(log().resolve("checkpoint"))) {
      throw new CommandException(
          "no receipts in " + log() + ": start a node (metanode up) or name a log (--log)");
    }
    return LogReader.openPublished(log());
  }

  Prices prices() throws IOException {
    return PriceSource.read(prices != null ? prices : files().prices());
  }

  /** The terms, if a file states them. */
  Optional<InvoiceTerms> terms() throws IOException {
    Path file = terms != null ? terms : files().terms();
    if (terms == null && Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(InvoiceTerms.read(Files.readAllBytes(file)));
    } catch (DocumentException e) {
      throw new CommandException("the terms " + file + ": " + e.getMessage(), e);
    }
  }

  /** The bills of the log, as far as its checkpoint goes. */
  LogBills bills() throws IOException {
    LogMeter meter = LogMeter.of(open(), prices());
    meter.faults().forEach(fault -> System.err.println("not billed: " + fault));
    return meter.bills();
  }

  /** The tenant that was named, or the only one there is. */
  static String tenant(LogBills bills, @Nullable String named) {
    if (named != null) {
      return named;
    }
    return switch (bills.tenants().size()) {
      case 0 -> throw new CommandException("no receipt of the log bills anyone");
      case 1 -> bills.tenants().first();
      default ->
          throw new CommandException(
              "which tenant? name one of " + String.join(", ", bills.tenants()) + " (--tenant)");
    };
  }
}
