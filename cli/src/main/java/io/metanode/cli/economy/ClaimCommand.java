package io.metanode.cli.economy;

import io.metanode.economy.EconomyRequests;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Claims the reward of a window. */
@Command(
    name = "claim",
    description =
        "Claim the reward of a window of proof of execution that is over, once, for LogBlocks "
            + "of the sender's log that the ledger took in it. Exit 1: not rewarded.")
final class ClaimCommand implements Callable<Integer> {

  @Mixin RequestSubmission request = new RequestSubmission();

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
    List<EconomyRequests.Cited> cited = List.of(new EconomyRequests.Cited(origin, first, count));
    return request.submit(spec, (requests, _) -> requests.claim(window, cited));
  }
}
