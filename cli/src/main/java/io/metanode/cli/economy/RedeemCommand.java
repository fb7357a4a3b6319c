package io.metanode.cli.economy;

import io.metanode.cli.ledger.Printed;
import io.metanode.economy.EconomyTransactions;
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

/** Gives AUR back. */
@Command(
    name = "redeem",
    description = {
      "Give AUR of the sender's, a bank, back for gold or money outside: it is destroyed.",
      "Exit 1: not redeemed."
    })
final class RedeemCommand implements Callable<Integer> {

  @Mixin RequestSubmission request = new RequestSubmission();

  @Parameters(paramLabel = "AMOUNT", description = "such as 1.5")
  String amount = "";

  @Option(
      names = "--settlement",
      paramLabel = "HEX",
      description = "32 bytes: asking again with it redeems nothing twice (default: a fresh one)")
  @Nullable String settlement;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Bytes32 name = Words.orFresh(settlement, "a settlement");
    long units = Words.units(amount);
    ObjectNode told = Printed.object().put("settlement", name.toString());
    return request.submit(
        spec,
        told,
        (requests, sender) ->
            requests.redeem(name, EconomyTransactions.account(sender, "AUR", 0), units));
  }
}
