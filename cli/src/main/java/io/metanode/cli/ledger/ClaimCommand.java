package io.metanode.cli.ledger;

import io.metanode.cli.CommandException;
import io.metanode.economy.EconomyRequests;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Claims the reward of a window. */
@Command(
    name = "claim",
    description = {
      "Claim the reward of a window of proof of execution that is over, once, for LogBlocks",
      "of the sender's log that the ledger took in it. Exit 1: not rewarded."
    })
final class ClaimCommand implements Callable<Integer> {

  @Mixin Submission submission = new Submission();
  @Mixin Printed printed = new Printed();

  @Parameters(index = "0", paramLabel = "WINDOW", description = "when it began, in milliseconds")
  long window;

  @Parameters(index = "1", paramLabel = "ORIGIN", description = "the log's name")
  String origin = "";

  @Parameters(index = "2", paramLabel = "FIRST", description = "number of the first LogBlock")
  long first;

  @Parameters(index = "3", paramLabel = "COUNT", description = "how many")
  int count;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    JsonNode answer;
    try {
      answer =
          submission.submit(
              (transactions, sender, place) ->
                  new EconomyRequests(transactions, sender, place)
                      .claim(window, List.of(new EconomyRequests.Cited(origin, first, count))));
    } catch (IllegalArgumentException e) {
      throw new CommandException("no claim: " + e.getMessage(), e);
    }
    printed.print(spec, answer);
    return Submission.exitCode(answer);
  }
}
