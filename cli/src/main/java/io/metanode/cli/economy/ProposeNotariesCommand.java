package io.metanode.cli.economy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proposes other notaries. */
@Command(
    name = "notaries",
    description = "Propose who attests the gold behind AUR, in place of those that do now.")
final class ProposeNotariesCommand implements Callable<Integer> {

  @Mixin ProposalSubmission proposal = new ProposalSubmission();

  @Option(names = "--threshold", required = true, description = "how many of them must sign")
  int threshold;

  @Parameters(arity = "1..*", paramLabel = "KEY", description = "64 digits each, 64 keys at most")
  List<String> keys = List.of();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    return proposal.submit(spec, proposals -> proposals.notaries(threshold, Words.keys(keys)));
  }
}
