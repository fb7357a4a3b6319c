package io.metanode.cli.economy;

import io.metanode.economy.EconomyTransactions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Opens an account. */
@Command(
    name = "open",
    description =
        "Open an account of the sender; its id follows from key, token and number. Exit 1: not done.")
final class OpenCommand implements Callable<Integer> {

  @Mixin StepSubmission submission = new StepSubmission();

  @Parameters(paramLabel = "TOKEN", description = "GEN, NEX or FLX")
  String token = "";

  @Option(names = "--number", description = "the sender's own", defaultValue = "0")
  int number;

  @Option(names = "--history", description = "keep every change of its balance")
  boolean history;

  @Option(
      names = "--locked-until",
      paramLabel = "MILLIS",
      description = "ledger time before which nothing leaves it",
      defaultValue = "0")
  long lockedUntil;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    String asset = Words.token(token);
    return submission.change(
        spec,
        (steps, _, _) -> steps.open(asset, number, history, lockedUntil),
        (sender, _) -> EconomyTransactions.account(sender, asset, number));
  }
}
