package io.metanode.cli.ledger;

import io.metanode.cli.CommandException;
import io.metanode.ledger.LedgerTransactions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Moves an amount to another account. */
@Command(
    name = "transfer",
    description = "Move an amount to another account; wait until it is final. Exit 1: not applied.")
final class TransferCommand implements Callable<Integer> {

  @Mixin Submission submission = new Submission();
  @Mixin Printed printed = new Printed();

  @Parameters(index = "0", paramLabel = "RECIPIENT", description = "64 hexadecimal digits")
  String recipient = "";

  @Parameters(index = "1", paramLabel = "AMOUNT", description = "such as 1.5")
  String amount = "";

  @Option(names = "--asset", description = "GEN, NEX, FLX or AUR", defaultValue = "FLX")
  String asset = "FLX";

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    long units =
        LedgerTransactions.minorUnits(amount)
            .orElseThrow(() -> new CommandException("no amount: " + amount));
    if (!recipient.matches("[0-9a-fA-F]{64}") || !asset.matches("(?i)gen|nex|flx|aur")) {
      throw new CommandException("a recipient has 64 hexadecimal digits; assets: GEN NEX FLX AUR");
    }
    JsonNode answer =
        submission.submit(
            (transactions, sender, place) ->
                transactions.transfer(sender, place, asset, recipient, units));
    printed.print(spec, answer);
    return Submission.exitCode(answer);
  }
}
