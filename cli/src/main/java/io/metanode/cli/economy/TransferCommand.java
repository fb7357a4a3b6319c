package io.metanode.cli.economy;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Moves an amount between accounts. */
@Command(
    name = "transfer",
    description = "Move an amount between accounts at once. Exit 1: not done.")
final class TransferCommand implements Callable<Integer> {

  @Mixin StepSubmission submission = new StepSubmission();
  @Mixin OrderOptions order = new OrderOptions();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    return submission.transfer(
        spec, (steps, sender, reference) -> steps.direct(reference, order.of(sender)));
  }
}
