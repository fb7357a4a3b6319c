package io.metanode.cli.economy;

import io.metanode.economy.EconomyTransactions;
import io.metanode.foundation.Bytes32;
import java.io.IOException;
import java.util.function.BiConsumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** A step that needs an account of the sender's and nothing else. */
final class OwnAccountStep {

  @Mixin StepSubmission submission = new StepSubmission();

  @Parameters(paramLabel = "ACCOUNT", description = "of the sender, 64 digits")
  String account = "";

  /** Does it; the exit code. */
  int submit(CommandSpec spec, BiConsumer<EconomyTransactions, Bytes32> step) throws IOException {
    Bytes32 id = Words.id(account, "an account");
    return submission.change(spec, (steps, _, _) -> step.accept(steps, id), (_, _) -> id);
  }
}
