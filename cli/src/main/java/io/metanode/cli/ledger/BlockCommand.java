package io.metanode.cli.ledger;

import io.metanode.ledger.LedgerClient;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Show a block. */
@Command(name = "block", description = "Show a block.")
final class BlockCommand implements Callable<Integer> {

  @Mixin ApiOption api = new ApiOption();
  @Mixin Printed printed = new Printed();

  @Parameters(
      paramLabel = "BLOCK",
      description = "a height, an id or latest",
      defaultValue = "latest")
  String block = "latest";

  @Option(names = "--transactions", description = "show transactions whole")
  boolean transactions;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    try (LedgerClient client = api.client()) {
      printed.print(
          spec, client.get("/v1/blocks/" + block + (transactions ? "?transactions" : "")));
    }
    return 0;
  }
}
