package io.metanode.cli.ledger;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Transactions. */
@Command(
    name = "tx",
    description = "Submit transactions and ask what came of them.",
    subcommands = {TransferCommand.class, AnchorCommand.class, ShowTxCommand.class})
final class TxCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which of them?");
  }
}
