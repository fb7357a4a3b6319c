package io.metanode.cli.economy;

import io.metanode.foundation.Bytes32;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Moves an amount from a wallet into an account. */
@Command(
    name = "deposit",
    description = "Move an amount from the sender's wallet into an account. Exit 1: not done.")
final class DepositCommand implements Callable<Integer> {

  @Mixin StepSubmission submission = new StepSubmission();

  @Parameters(index = "0", paramLabel = "ACCOUNT", description = "64 digits")
  String account = "";

  @Parameters(index = "1", paramLabel = "AMOUNT", description = "such as 1.5")
  String amount = "";

  @Option(names = "--token", description = "GEN, NEX or FLX", defaultValue = "NEX")
  String token = "NEX";

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Bytes32 into = Words.id(account, "an account");
    String asset = Words.token(token);
    long units = Words.units(amount);
    return submission.transfer(
        spec, (steps, _, reference) -> steps.deposit(reference, into, asset, units));
  }
}
