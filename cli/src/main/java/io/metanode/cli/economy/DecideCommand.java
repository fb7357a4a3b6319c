package io.metanode.cli.economy;

import io.metanode.foundation.Bytes32;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Decides or enacts a proposal. */
@Command(
    name = "decide",
    description = {
      "Decide a proposal whose votes are in, or enact one that passed and waited.",
      "Exit 1: it is not time, or it was done already."
    })
final class DecideCommand implements Callable<Integer> {

  @Mixin RequestSubmission request = new RequestSubmission();

  @Parameters(paramLabel = "PROPOSAL", description = "64 hexadecimal digits")
  String proposal = "";

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Bytes32 id = Words.id(proposal, "a proposal");
    return request.submit(spec, (requests, _) -> requests.close(id));
  }
}
