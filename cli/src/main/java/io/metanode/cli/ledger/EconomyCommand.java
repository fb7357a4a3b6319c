package io.metanode.cli.ledger;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The economy of the ledger. */
@Command(
    name = "economy",
    description = "Accounts of the ledger's economy: open them, move money, audit everything.",
    subcommands = {
      ShowEconomyCommand.class,
      OpenCommand.class,
      DepositCommand.class,
      StepTransferCommand.class,
      PendingCommand.class,
      PostCommand.class,
      VoidCommand.class,
      WithdrawCommand.class,
      FreezeCommand.class,
      ThawCommand.class,
      CloseCommand.class,
      ClaimCommand.class,
      ProposeCommand.class,
      VoteCommand.class,
      DecideCommand.class,
      AuditCommand.class
    })
public final class EconomyCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which of them?");
  }
}
