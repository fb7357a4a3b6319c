package io.metanode.cli.bill;

import io.metanode.billing.BillFiles;
import io.metanode.cli.CommandException;
import io.metanode.cli.NodeHome;
import io.metanode.cli.NodeSocket;
import io.metanode.crypto.Sha256;
import io.metanode.economy.LogBills;
import io.metanode.foundation.Digest;
import io.metanode.foundation.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes an invoice what a tenant owes. */
@Command(
    name = "issue",
    description =
        "Have the running node receipt that a tenant's invoice over closed hours is issued: from"
            + " then on it is what the tenant owes for them, and its digest as a transfer's memo"
            + " pays it.")
final class IssueCommand implements Callable<Integer> {

  @Mixin BillSource source = new BillSource();

  @Mixin BillChoice choice = new BillChoice();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "write it there (default: bills/invoices/TENANT/NUMBER.json in METANODE_HOME)")
  @Nullable Path file;

  @Override
  public Integer call() throws IOException {
    LogBills bills = source.bills();
    String whose = choice.tenant(bills);
    byte[] invoice =
        choice
            .invoice(bills, false, source)
            .orElseThrow(
                () ->
                    new CommandException(
                        "nothing is settled for " + whose + " in " + choice.time.text));
    JsonNode json = JsonMapper.builder().build().readTree(invoice);
    NodeHome home = NodeHome.fromEnvironment();
    Path written =
        file != null
            ? file
            : new BillFiles(home.billsDirectory())
                .invoice(whose, json.required("number").asString());
    boolean fresh = Files.notExists(written);
    Files.createDirectories(written.toAbsolutePath().getParent());
    DurableFiles.replace(written, invoice);
    try {
      long receipt = new NodeSocket(home.nodeSocket()).issue(written);
      System.out.printf(
          "receipt %d issues %s: %s NEX, to be paid with the memo %s%n",
          receipt,
          written,
          json.required("gross").asString(),
          Digest.ofBytes(Sha256.of(invoice)).hex());
      return 0;
    } catch (CommandException e) {
      if (fresh) {
        Files.deleteIfExists(written);
      }
      throw e;
    }
  }
}
