package io.metanode.cli.quickstart;

import io.metanode.billing.BillCheck;
import io.metanode.billing.BillFiles;
import io.metanode.billing.LogMeter;
import io.metanode.billing.PriceSource;
import io.metanode.cli.CommandException;
import io.metanode.cli.NodeFacts;
import io.metanode.cli.NodeHome;
import io.metanode.cli.bill.BillText;
import io.metanode.economy.BillPeriod;
import io.metanode.economy.DocumentException;
import io.metanode.economy.InvoiceTerms;
import io.metanode.economy.Prices;
import io.metanode.receipts.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The bill of a tenant as it stands, in a file, and what verifying it found.
 *
 * @param json the bill
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ContainerBill(byte[] json, BillCheck.Result result) {

  static ContainerBill of(NodeHome home, NodeFacts node, String tenant, Path file)
      throws IOException {
    Prices prices = PriceSource.read(new BillFiles(home.billsDirectory()).prices());
    byte[] json = derived(node, tenant, prices);
    Files.write(file, json);
    BillCheck check =
        new BillCheck(
            node.receiptsPublicKey(),
            Optional.of(prices),
            Optional.empty(),
            Optional.of(InvoiceTerms.NONE));
    return new ContainerBill(
        json, check.againstLog(Files.readAllBytes(file), node.receiptsDirectory()));
  }

  private static byte[] derived(NodeFacts node, String tenant, Prices prices) throws IOException {
    LogReader log = LogReader.openPublished(node.receiptsDirectory());
    try {
      return LogMeter.of(log, prices)
          .bills()
          .documents()
          .invoice(tenant, BillPeriod.ALL, true, Optional.empty(), InvoiceTerms.NONE)
          .orElseThrow(() -> new CommandException("no receipt bills the container that ran"));
    } catch (DocumentException e) {
      throw new IllegalStateException("no terms were to be read", e);
    }
  }

  String lines(String container) {
    return BillText.ofContainer(json, container);
  }

  String verdict() {
    if (!result.good()) {
      throw new CommandException("the bill is wrong: " + result.findings().getFirst());
    }
    return "verified: every line follows from %d receipts".formatted(result.receipts());
  }
}
