package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.cli.Program;
import io.metanode.cli.process.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands of the real docker client and raw requests, one scenario at a time: output, errors and
 * exit codes are those that a real dockerd gave to the same, or what {@code
 * docs/guides/docker-compatibility.md} says is otherwise on purpose. {@code
 * node/src/test/e2e/differential.sh} compares the two engines again.
 */
final class DockerConformanceIT {

  private static final Path E2E = Path.of("src/test/e2e").toAbsolutePath();

  @TempDir(cleanup = CleanupMode.NEVER)
  static Path home;

  private static TestNode node = new TestNode(Path.of("/nonexistent"));
  private static Program scenarios = Program.of("false");

  @BeforeAll
  static void start() throws Exception {
    TestNode.assumeRootAnd(
        "runc", "nft", "docker", "busybox", "curl", "jq", "script", "nsenter", "perl", "openssl");
    node = new TestNode(home);
    node.up();
    scenarios =
        Program.of("bash", E2E.resolve("scenario.sh").toString())
            .with("DOCKER_HOST", "unix://" + home.resolve("docker.sock"))
            .with("WORK", Files.createDirectory(home.resolve("e2e")).toString());
    scenarios.output("prepare");
  }

  @AfterAll
  static void stop() throws Exception {
    if (Files.exists(home.resolve("node.lock"))) {
      node.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> answersAsDockerDoes() throws IOException {
    try (Stream<Path> expectations = Files.list(E2E.resolve("expected"))) {
      return expectations.sorted().toList().stream()
          .map(expected -> DynamicTest.dynamicTest(name(expected), () -> compare(expected)));
    }
  }

  private static String name(Path expected) {
    return String.valueOf(expected.getFileName());
  }

  private static void compare(Path expected) throws IOException {
    Finished run = scenarios.run("run", name(expected));
    assertEquals(Files.readString(expected), run.output());
  }
}
