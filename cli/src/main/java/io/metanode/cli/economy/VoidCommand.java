package io.metanode.cli.economy;

import io.metanode.foundation.Bytes32;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Releases what is held. */
@Command(
    name = "void",
    description =
        "Release what a pending transfer holds for an account of the sender. Exit 1: not done.")
final class VoidCommand implements Callable<Integer> {

  @Mixin StepSubmission submission = new StepSubmission();

  @Parameters(paramLabel = "TRANSFER", description = "the pending one, 64 digits")
  String pending = "";

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Bytes32 held = Words.id(pending, "a transfer");
    return submission.transfer(
        spec, (steps, _, reference) -> steps.free(reference, held, Bytes32.ZERO));
  }
}
