package io.metanode.cli.bill;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the receipts cost. All but issue and paid read files alone, whether or not a node runs. */
@Command(
    name = "bill",
    description = "Show, hand over and verify what containers cost.",
    subcommands = {
      ShowCommand.class,
      MeterCommand.class,
      StatementCommand.class,
      ExportCommand.class,
      VerifyCommand.class,
      IssueCommand.class,
      PaidCommand.class
    })
public final class BillCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which of them?");
  }
}
