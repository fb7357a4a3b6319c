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

/** Proposes other sources of prices. */
@Command(
    name = "sources",
    description = "Propose who quotes the price of FLX, in place of those that do now.")
final class ProposeSourcesCommand implements Callable<Integer> {

  @Mixin ProposalSubmission proposal = new ProposalSubmission();

  @Option(
      names = "--least",
      description = "fresh quotes that make a price (default: ${DEFAULT-VALUE})",
      defaultValue = "3")
  int least = 3;

  @Option(
      names = "--stale",
      paramLabel = "SECONDS",
      description = "the age from which a quote counts no more (default: ${DEFAULT-VALUE})",
      defaultValue = "600")
  int stale = 600;

  @Option(
      names = "--spread",
      paramLabel = "MILLIONTHS",
      description = "how far apart quotes may be, of their median (default: ${DEFAULT-VALUE})",
      defaultValue = "20000")
  long spread = 20_000;

  @Option(
      names = "--daily-move",
      paramLabel = "MILLIONTHS",
      description = "what a rate moves less than in a day (default: ${DEFAULT-VALUE})",
      defaultValue = "100000")
  long dailyMove = 100_000;

  @Parameters(arity = "1..*", paramLabel = "KEY", description = "64 digits each, 64 keys at most")
  List<String> keys = List.of();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    return proposal.submit(
        spec,
        proposals -> proposals.sources(least, stale * 1_000L, spread, dailyMove, Words.keys(keys)));
  }
}
