package io.metanode.cli.economy;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds an amount for an account. */
@Command(
    name = "pending",
    description = "Hold an amount until whoever is to be paid posts or voids it. Exit 1: not done.")
final class PendingCommand implements Callable<Integer> {

  @Mixin StepSubmission submission = new StepSubmission();
  @Mixin OrderOptions order = new OrderOptions();

  @Option(
      names = "--timeout",
      description = "seconds until it expires; 0: never",
      defaultValue = "0")
  int timeout;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    return submission.transfer(
        spec, (steps, sender, reference) -> steps.pending(reference, order.of(sender), timeout));
  }
}
