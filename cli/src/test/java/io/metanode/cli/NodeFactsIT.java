package io.metanode.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeFactsIT {

  @TempDir Path directory;

  private NodeFacts facts() {
    return new NodeFacts(
        42,
        "1.0",
        Instant.parse("2026-01-02T03:04:05Z"),
        directory.resolve("docker.sock"),
        directory.resolve("receipts"),
        directory.resolve("receipts/log.pub"),
        "host/metanode",
        directory.resolve("run"),
        directory.resolve("metanode.yaml"),
        directory.resolve("log/node.log"));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path file = directory.resolve("node.json");
    facts().write(file);
    assertEquals(Optional.of(facts()), NodeFacts.read(file));
  }

  @Test
  void missingFileIsEmpty() throws IOException {
    assertEquals(Optional.empty(), NodeFacts.read(directory.resolve("node.json")));
  }

  @Test
  void damagedFileIsNamed() throws IOException {
    Path file = directory.resolve("node.json");
    Files.writeString(file, "{\"pid\":");
    assertThrows(IOException.class, () -> NodeFacts.read(file));
  }
}
