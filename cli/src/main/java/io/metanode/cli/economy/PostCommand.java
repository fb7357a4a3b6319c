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

/** Takes what is held. */
@Command(
    name = "post",
    description =
        "Take what a pending transfer holds for an account of the sender. Exit 1: not done.")
final class PostCommand implements Callable<Integer> {

  @Mixin StepSubmission submission = new StepSubmission();

  @Parameters(index = "0", paramLabel = "TRANSFER", description = "the pending one, 64 digits")
  String pending = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "AMOUNT",
      description = "default: all of it")
  @Nullable String amount;

  @Option(names = "--memo", paramLabel = "HEX", description = "32 bytes that go with it")
  @Nullable String memo;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    long units = amount == null ? Long.MAX_VALUE : Words.units(amount);
    Bytes32 held = Words.id(pending, "a transfer");
    return submission.transfer(
        spec, (steps, _, reference) -> steps.post(reference, held, units, OrderOptions.memo(memo)));
  }
}
