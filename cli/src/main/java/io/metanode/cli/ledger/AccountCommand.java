package io.metanode.cli.ledger;

import io.metanode.ledger.LedgerClient;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Show what an account holds. */
@Command(name = "account", description = "Show what an account holds.")
final class AccountCommand implements Callable<Integer> {

  @Mixin ApiOption api = new ApiOption();
  @Mixin Printed printed = new Printed();

  @Parameters(paramLabel = "ACCOUNT", description = "64 hexadecimal digits")
  String account = "";

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    try (LedgerClient client = api.client()) {
      printed.print(spec, client.get("/v1/accounts/" + account));
    }
    return 0;
  }
}
