package io.metanode.cli.economy;

import io.metanode.economy.EconomyRequests;
import io.metanode.foundation.Bytes32;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes AUR that is in transit. */
@Command(
    name = "accept",
    description = "Take AUR in transit, as the bank it goes to, within 60 s. Exit 1: not taken.")
final class AcceptCommand implements Callable<Integer> {

  @Mixin StepSubmission submission = new StepSubmission();

  @Parameters(paramLabel = "SETTLEMENT", description = "as the issue named it, 64 digits")
  String settlement = "";

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Bytes32 name = Words.id(settlement, "a settlement");
    Bytes32 transit = EconomyRequests.transit(name);
    return submission.transfer(
        spec, (steps, _, reference) -> steps.post(reference, transit, Long.MAX_VALUE, name));
  }
}
