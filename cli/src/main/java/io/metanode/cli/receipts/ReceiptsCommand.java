package io.metanode.cli.receipts;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The log of receipts. All but rotate read its files, whether or not a node runs. */
@Command(
    name = "receipts",
    description = "Show, prove and verify what was done.",
    subcommands = {
      TailCommand.class,
      ShowCommand.class,
      ProveCommand.class,
      VerifyCommand.class,
      RotateCommand.class
    })
public final class ReceiptsCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which of them?");
  }
}
