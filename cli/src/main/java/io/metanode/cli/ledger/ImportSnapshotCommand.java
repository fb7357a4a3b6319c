package io.metanode.cli.ledger;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeLock;
import io.metanode.ledger.LedgerHome;
import io.metanode.ledger.LedgerNode;
import io.metanode.ledger.LedgerSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Begins a validator with a snapshot. */
@Command(
    name = "import",
    description =
        "Check a snapshot and have the validator in --dir begin with it, in place of the blocks "
            + "before. The validator must be stopped, and its directories blocks and index empty.")
final class ImportSnapshotCommand implements Callable<Integer> {

  @Mixin HomeOption directory = new HomeOption();
  @Mixin Printed printed = new Printed();

  @Parameters(paramLabel = "FILE", description = "the snapshot")
  Path file = Path.of("");

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    LedgerHome home = directory.home();
    if (!LedgerNode.isIn(home)) {
      throw new CommandException(
          "no validator in " + home.directory() + "; make one: metanode ledger init");
    }
    try (NodeLock _ =
        NodeLock.acquire(home.lock())
            .orElseThrow(() -> new CommandException("a validator runs on " + home.directory()))) {
      printed.print(spec, SaveSnapshotCommand.describe(LedgerSnapshot.install(home, file), file));
    }
    return 0;
  }
}
