package io.metanode.containers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code launcher/clients.sh} fetched; tests of what is not there are skipped. */
final class FetchedClients {

  private FetchedClients() {}

  static Path file(String name) {
    String directory = System.getenv().getOrDefault("METANODE_CLIENTS", "");
    Path file = Path.of(directory.isEmpty() ? "/nonexistent" : directory, name);
    assumeTrue(
        Files.exists(file),
        "skipped: no " + name + " in METANODE_CLIENTS; ./metanode test fetches it");
    return file;
  }

  /** Makes a plugin known to the fixture's client. */
  static void plugin(DockLockFixture fixture, String name) throws Exception {
    Path file = file(name);
    Path plugins =
        Files.createDirectories(fixture.directory().resolve("client").resolve("cli-plugins"));
    Files.createSymbolicLink(plugins.resolve(name), file);
  }
}
