package io.metanode.cli.economy;

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

/** Moves an amount from an account into a wallet. */
@Command(
    name = "withdraw",
    description = "Move an amount from an account of the sender into a wallet. Exit 1: not done.")
final class WithdrawCommand implements Callable<Integer> {

  @Mixin StepSubmission submission = new StepSubmission();

  @Parameters(index = "0", paramLabel = "ACCOUNT", description = "of the sender, 64 digits")
  String account = "";

  @Parameters(index = "1", paramLabel = "AMOUNT", description = "such as 1.5")
  String amount = "";

  @Option(names = "--token", description = "GEN, NEX or FLX", defaultValue = "NEX")
  String token = "NEX";

  @Option(names = "--to", paramLabel = "WALLET", description = "64 digits (default: the sender)")
  @Nullable String wallet;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Bytes32 from = Words.id(account, "an account");
    String asset = Words.token(token);
    long units = Words.units(amount);
    return submission.transfer(
        spec,
        (steps, sender, reference) ->
            steps.withdraw(
                reference,
                from,
                asset,
                units,
                wallet == null ? Bytes32.of(sender.bytes()) : Words.id(wallet, "a wallet")));
  }
}
