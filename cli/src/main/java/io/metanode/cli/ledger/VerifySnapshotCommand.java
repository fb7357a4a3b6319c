package io.metanode.cli.ledger;

import io.metanode.ledger.LedgerSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a snapshot without asking anybody. */
@Command(
    name = "verify",
    description =
        "Check a snapshot offline: it trusts the genesis alone. Exit 1: it does not hold.")
final class VerifySnapshotCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "the snapshot")
  Path file = Path.of("");

  @Option(names = "--genesis", paramLabel = "FILE", description = "of the chain", required = true)
  Path genesis = Path.of("");

  @Mixin Printed printed = new Printed();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    printed.print(spec, SaveSnapshotCommand.describe(LedgerSnapshot.verify(genesis, file), file));
    return 0;
  }
}
