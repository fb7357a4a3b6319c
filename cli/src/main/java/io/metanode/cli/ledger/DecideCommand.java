package io.metanode.cli.ledger;

import io.metanode.economy.EconomyRequests;
import io.metanode.foundation.Bytes32;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Decides or enacts a proposal. */
@Command(
    name = "decide",
    description = {
      "Decide a proposal whose votes are in, or enact one that passed and waited.",
      "Exit 1: it is not time, or it was done already."
    })
final class DecideCommand implements Callable<Integer> {

  @Mixin Submission submission = new Submission();
  @Mixin Printed printed = new Printed();

  @Parameters(paramLabel = "PROPOSAL", description = "64 hexadecimal digits")
  String proposal = "";

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Bytes32 id = StepSubmission.id(proposal, "a proposal");
    JsonNode answer =
        submission.submit(
            (transactions, sender, place) ->
                new EconomyRequests(transactions, sender, place).close(id));
    printed.print(spec, answer);
    return Submission.exitCode(answer);
  }
}
