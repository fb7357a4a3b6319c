package io.metanode.cli.ledger;

import io.metanode.foundation.Bytes32;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends a freeze. */
@Command(name = "thaw", description = "Let amounts leave a frozen account again. Exit 1: not done.")
final class ThawCommand implements Callable<Integer> {

  @Mixin StepSubmission submission = new StepSubmission();

  @Parameters(paramLabel = "ACCOUNT", description = "of the sender, 64 digits")
  String account = "";

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Bytes32 id = StepSubmission.id(account, "an account");
    return submission.change(spec, (steps, _, _) -> steps.thaw(id), (_, _) -> id);
  }
}
