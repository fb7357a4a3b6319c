package io.metanode.cli.ledger;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The ledger. */
@Command(
    name = "ledger",
    description = "Run validators of the ledger, ask them, submit transactions, check proofs.",
    subcommands = {
      InitCommand.class,
      StartCommand.class,
      LocalnetCommand.class,
      StatusCommand.class,
      TxCommand.class,
      BlockCommand.class,
      AccountCommand.class,
      ProofCommand.class,
      ValidatorsCommand.class,
      SnapshotCommand.class
    })
public final class LedgerCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which of them?");
  }
}
