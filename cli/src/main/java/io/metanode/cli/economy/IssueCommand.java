package io.metanode.cli.economy;

import io.metanode.cli.ledger.Printed;
import io.metanode.economy.EconomyRequests;
import io.metanode.foundation.Bytes32;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Puts AUR in transit. */
@Command(
    name = "issue",
    description = {
      "Put AUR in transit to a bank, as a notary. The attested reserve must stay above all AUR. What "
          + "the bank does not take within 60 s (metanode economy accept) is destroyed by itself.",
      "Exit 1: not issued."
    })
final class IssueCommand implements Callable<Integer> {

  @Mixin RequestSubmission request = new RequestSubmission();

  @Parameters(index = "0", paramLabel = "BANK", description = "its account of AUR, 64 digits")
  String bank = "";

  @Parameters(index = "1", paramLabel = "AMOUNT", description = "such as 1.5")
  String amount = "";

  @Option(
      names = "--settlement",
      paramLabel = "HEX",
      description = "between banks, 32 bytes, named once for ever (default: a fresh one)")
  @Nullable String settlement;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Bytes32 name = Words.orFresh(settlement, "a settlement");
    Bytes32 account = Words.id(bank, "an account");
    long units = Words.units(amount);
    ObjectNode told =
        Printed.object()
            .put("settlement", name.toString())
            .put("transfer", EconomyRequests.transit(name).toString());
    return request.submit(spec, told, (requests, _) -> requests.issue(name, account, units));
  }
}
