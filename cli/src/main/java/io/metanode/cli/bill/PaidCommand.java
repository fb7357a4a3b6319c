package io.metanode.cli.bill;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeHome;
import io.metanode.cli.NodeSocket;
import io.metanode.foundation.Digest;
import io.metanode.ledger.LedgerTransactions;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Receipts that something was paid of a bill. */
@Command(
    name = "paid",
    description =
        "Have the running node receipt that a tenant paid a bill, elsewhere than on the ledger, or "
            + "pays it from its credit.")
final class PaidCommand implements Callable<Integer> {

  @Option(names = "--tenant", required = true, description = "who paid")
  String tenant = "";

  @Option(
      names = "--amount",
      paramLabel = "NEX",
      description = "how much (default: all that is owed)")
  @Nullable String amount;

  @Option(names = "--credit", description = "by what the tenant paid too much before")
  boolean credit;

  @Parameters(
      index = "0",
      paramLabel = "DIGEST",
      description = "the digest of a settlement or an invoice, from: metanode bill statement")
  String digest = "";

  @Override
  public Integer call() throws IOException {
    if (!digest.matches("[0-9a-f]{64}")) {
      throw new CommandException("no digest of a settlement or an invoice: " + digest);
    }
    if (credit && amount != null) {
      throw new CommandException("--amount or --credit, not both: credit pays as far as it goes");
    }
    NodeSocket node = new NodeSocket(NodeHome.fromEnvironment().nodeSocket());
    NodeSocket.Paid paid = node.paid(tenant, new Digest(digest), units(), credit);
    System.out.printf(
        "receipt %d says so: %s, %s NEX; %s NEX are still owed on it%n",
        paid.index(), paid.status(), BillText.nex(paid.amount()), BillText.nex(paid.left()));
    return 0;
  }

  private OptionalLong units() {
    if (amount == null) {
      return OptionalLong.empty();
    }
    OptionalLong units = LedgerTransactions.minorUnits(amount);
    if (units.isEmpty() || units.getAsLong() == 0) {
      throw new CommandException("no amount: " + amount + "; such as 1.5, 9 decimals at most");
    }
    return units;
  }
}
