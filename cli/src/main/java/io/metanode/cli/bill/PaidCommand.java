package io.metanode.cli.bill;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeHome;
import io.metanode.cli.NodeSocket;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Receipts that a settlement was paid. */
@Command(
    name = "paid",
    description = "Have the running node receipt that a tenant paid a settlement.")
final class PaidCommand implements Callable<Integer> {

  @Option(names = "--tenant", required = true, description = "who paid")
  String tenant = "";

  @Parameters(
      index = "0",
      paramLabel = "DIGEST",
      description = "the settlement's digest, from: metanode bill statement")
  String digest = "";

  @Override
  public Integer call() throws IOException {
    if (!digest.matches("[0-9a-f]{64}")) {
      throw new CommandException("no digest of a settlement: " + digest);
    }
    NodeSocket node = new NodeSocket(NodeHome.fromEnvironment().nodeSocket());
    System.out.println("receipt " + node.paid(tenant, new Digest(digest)) + " says so");
    return 0;
  }
}
