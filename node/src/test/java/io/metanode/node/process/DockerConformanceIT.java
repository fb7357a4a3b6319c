package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.cli.Program;
import io.metanode.cli.process.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
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

  /** The client words some errors itself; each major version has its own words. */
  private static final String CLIENT = "Docker version 28.";

  /** Recorded answers that must not get lost unseen. */
  private static final int FEWEST = 130;

  private static final String UNDECIDED = "\n--- exit 77\n";

  @TempDir(cleanup = CleanupMode.NEVER)
  static Path home;

  private static TestNode node = new TestNode(Path.of("/nonexistent"));
  private static Program scenarios = Program.of("false");

  @BeforeAll
  static void start() throws Exception {
    TestNode.assumeRootAnd(
        "runc", "nft", "docker", "busybox", "curl", "jq", "script", "nsenter", "unshare", "perl",
        "openssl");
    String client = Program.of("docker").output("--version").strip();
    assumeTrue(client.startsWith(CLIENT), "recorded with " + CLIENT + "x, here is " + client);
    node = new TestNode(home);
    node.startThrough(Program.of("bash", E2E.resolve("scenario.sh").toString(), "isolated"));
    scenarios =
        Program.of("bash", E2E.resolve("scenario.sh").toString())
            .with("DOCKER_HOST", "unix://" + home.resolve("docker.sock"))
            .with("ENGINE", Long.toString(node.pid()))
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

  @Test
  void everyRecordedAnswerHasItsScenario() throws IOException {
    Set<String> known = Set.copyOf(scenarios.output("names").lines().toList());
    try (Stream<Path> expectations = Files.list(E2E.resolve("expected"))) {
      Set<String> recorded =
          expectations.map(DockerConformanceIT::name).collect(Collectors.toSet());
      assertTrue(recorded.size() >= FEWEST, recorded::toString);
      recorded.removeAll(known);
      assertEquals(Set.of(), recorded);
    }
  }

  private static String name(Path expected) {
    return String.valueOf(expected.getFileName());
  }

  private static void compare(Path expected) throws IOException {
    Finished run = scenarios.run("run", name(expected));
    assumeFalse(run.output().endsWith(UNDECIDED), "needs control groups of version 1");
    assertEquals(Files.readString(expected), run.output());
  }
}
