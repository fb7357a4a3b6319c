package io.metanode.cli.economy;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The economy of the ledger. */
@Command(
    name = "economy",
    description =
        "The ledger's economy: accounts and transfers, governance, the price book, price sources, AUR, "
            + "rewards; audit everything.",
    subcommands = {
      ShowCommand.class,
      ListCommand.class,
      KeyCommand.class,
      OpenCommand.class,
      DepositCommand.class,
      TransferCommand.class,
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
      QuoteCommand.class,
      AttestationCommand.class,
      IssueCommand.class,
      AcceptCommand.class,
      RedeemCommand.class,
      AuditCommand.class
    })
public final class EconomyCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which of them?");
  }
}
