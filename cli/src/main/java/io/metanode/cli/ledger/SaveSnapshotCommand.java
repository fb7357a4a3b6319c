package io.metanode.cli.ledger;

import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LedgerSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Saves the state, and checks what was saved. */
@Command(
    name = "export",
    description = {
      "Save a snapshot of the state, and check it against the genesis.",
      "Exit 1: the validator gave one that does not hold; the file is not kept."
    })
final class SaveSnapshotCommand implements Callable<Integer> {

  @Mixin ApiOption api = new ApiOption();
  @Mixin Printed printed = new Printed();

  @Option(
      names = "--genesis",
      paramLabel = "FILE",
      description = "of the chain (default: that of the validator in --dir)")
  @Nullable Path genesis;

  @Parameters(paramLabel = "FILE", description = "where to write it")
  Path file = Path.of("");

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Path trusted = genesis == null ? api.home.home().genesis() : genesis;
    Path fetched = file.resolveSibling(file.getFileName() + ".unverified");
    try (LedgerClient client = api.client()) {
      client.download("/v1/snapshot", fetched);
      LedgerSnapshot snapshot = LedgerSnapshot.verify(trusted, fetched);
      Files.move(fetched, file);
      printed.print(spec, describe(snapshot, file));
      return 0;
    } finally {
      Files.deleteIfExists(fetched);
    }
  }

  static JsonNode describe(LedgerSnapshot snapshot, Path file) {
    return JsonMapper.builder()
        .build()
        .createObjectNode()
        .put("verified", true)
        .put("file", file.toString())
        .put("height", snapshot.height())
        .put("head", snapshot.head())
        .put("stateRoot", snapshot.stateRoot());
  }
}
