package io.metanode.cli.economy;

import io.metanode.foundation.Bytes32;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Votes on a proposal. */
@Command(name = "vote", description = "Vote with a locked account of GEN. Exit 1: not taken.")
final class VoteCommand implements Callable<Integer> {

  enum Side {
    yes,
    no
  }

  @Mixin RequestSubmission request = new RequestSubmission();
  @Mixin VoterOption voter = new VoterOption();

  @Parameters(index = "0", paramLabel = "PROPOSAL", description = "64 hexadecimal digits")
  String proposal = "";

  @Parameters(index = "1", paramLabel = "SIDE", description = "yes or no")
  Side side = Side.no;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Bytes32 id = Words.id(proposal, "a proposal");
    return request.submit(
        spec, (requests, sender) -> requests.vote(id, voter.of(sender), side == Side.yes));
  }
}
