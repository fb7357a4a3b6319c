package io.metanode.cli.ledger;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Snapshots of the state. */
@Command(
    name = "snapshot",
    description = "Save the state to a file, check such a file, begin a validator with one.",
    subcommands = {
      SaveSnapshotCommand.class,
      VerifySnapshotCommand.class,
      ImportSnapshotCommand.class
    })
final class SnapshotCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which of them?");
  }
}
