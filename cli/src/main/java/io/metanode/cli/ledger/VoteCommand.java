package io.metanode.cli.ledger;

import io.metanode.economy.EconomyRequests;
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
import tools.jackson.databind.JsonNode;

/** Votes on a proposal. */
@Command(name = "vote", description = "Vote with a locked account of GEN. Exit 1: not taken.")
final class VoteCommand implements Callable<Integer> {

  enum Side {
    yes,
    no
  }

  @Mixin Submission submission = new Submission();
  @Mixin Printed printed = new Printed();

  @Parameters(index = "0", paramLabel = "PROPOSAL", description = "64 hexadecimal digits")
  String proposal = "";

  @Parameters(index = "1", paramLabel = "SIDE", description = "yes or no")
  Side side = Side.no;

  @Option(
      names = "--voter",
      paramLabel = "ACCOUNT",
      description = "of GEN, locked until votes close (default: the sender's number 1)")
  @Nullable String voter;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Bytes32 id = StepSubmission.id(proposal, "a proposal");
    JsonNode answer =
        submission.submit(
            (transactions, sender, place) ->
                new EconomyRequests(transactions, sender, place)
                    .vote(id, ProposeCommand.voter(voter, sender.publicKey()), side == Side.yes));
    printed.print(spec, answer);
    return Submission.exitCode(answer);
  }
}
