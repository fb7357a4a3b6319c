package io.metanode.cli.economy;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Proposes a decision. */
@Command(
    name = "propose",
    description =
        "Propose a decision and vote for it with a locked account of GEN. More than half of all GEN "
            + "decides at once (vote, then decide), else a quorum when votes are closed.",
    subcommands = {
      ProposeProviderCommand.class,
      ProposeBankCommand.class,
      ProposeGrantCommand.class,
      ProposeRulesCommand.class,
      ProposePricesCommand.class,
      ProposeNotariesCommand.class,
      ProposeSourcesCommand.class
    })
final class ProposeCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which of them?");
  }
}
