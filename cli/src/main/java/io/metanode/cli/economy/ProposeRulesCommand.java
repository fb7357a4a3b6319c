package io.metanode.cli.economy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proposes other rules. */
@Command(
    name = "rules",
    description = {
      "Propose other rules. Those that are not named stay as they are when it is proposed.",
      "metanode economy show rules has all names: times are in milliseconds, amounts in minor units "
          + "of 10^-9, shares and weights in millionths."
    })
final class ProposeRulesCommand implements Callable<Integer> {

  @Mixin ProposalSubmission proposal = new ProposalSubmission();

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME=NUMBER",
      description = "such as windowMillis=60000")
  Map<String, Long> changes = Map.of();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Map<String, Long> rules = new LinkedHashMap<>();
    proposal.ask("rules").forEachEntry((name, number) -> rules.put(name, number.asLong()));
    rules.remove("height");
    rules.putAll(changes);
    return proposal.submit(spec, proposals -> proposals.rules(rules));
  }
}
