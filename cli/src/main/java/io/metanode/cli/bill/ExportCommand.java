package io.metanode.cli.bill;

import io.metanode.billing.BillBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a tenant verifies its bills with, if the log itself is not handed over. */
@Command(
    name = "export",
    description = "Write a tenant's receipts with proofs, to verify its bills without the log.")
final class ExportCommand implements Callable<Integer> {

  @Mixin BillSource source = new BillSource();

  @Option(names = "--tenant", required = true, description = "whose receipts")
  String tenant = "";

  @Option(names = "--file", paramLabel = "FILE", required = true, description = "write it there")
  Path file = Path.of("");

  @Override
  public Integer call() throws IOException {
    BillBundle bundle = BillBundle.of(source.open(), tenant, source.prices());
    Files.write(file, bundle.json());
    System.out.printf(
        "wrote %s: %d receipts with proofs; with the bill and the log's public keys it is all that"
            + " metanode bill verify BILL --bundle %s --key KEYS needs%n",
        file, bundle.proofs().size(), file);
    return 0;
  }
}
