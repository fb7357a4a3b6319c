package io.metanode.cli.ledger;

import io.metanode.ledger.LedgerClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Saves the state. */
@Command(name = "snapshot", description = "Save a snapshot of the state to a file.")
final class SnapshotCommand implements Callable<Integer> {

  @Mixin ApiOption api = new ApiOption();

  @Parameters(paramLabel = "FILE", description = "where to write it")
  Path file = Path.of("");

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    try (LedgerClient client = api.client()) {
      byte[] snapshot = client.getBytes("/v1/snapshot");
      Files.write(file, snapshot);
      spec.commandLine().getOut().println("wrote " + file + ", " + snapshot.length + " bytes");
    }
    return 0;
  }
}
