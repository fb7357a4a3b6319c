package io.metanode.cli.ledger;

import io.metanode.ledger.LedgerClient;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Show where a validator stands. */
@Command(name = "status", description = "Show where a validator stands.")
final class StatusCommand implements Callable<Integer> {

  @Mixin ApiOption api = new ApiOption();
  @Mixin Printed printed = new Printed();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    try (LedgerClient client = api.client()) {
      printed.print(spec, client.get("/v1/status"));
    }
    return 0;
  }
}
