package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.cli.BusyboxImage;
import io.metanode.cli.Program;
import io.metanode.cli.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Clients that die in the middle of a stream leave nothing open in the node. */
final class KilledClientsIT {

  private static final String IMAGE = "metanode/test:latest";
  private static final int ROUNDS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir(cleanup = CleanupMode.NEVER)
  static Path home;

  private static TestNode node = new TestNode(Path.of("/nonexistent"));

  @BeforeAll
  static void start() throws Exception {
    TestNode.assumeRootAnd("runc", "nft", "docker", "busybox");
    node = new TestNode(home);
    node.up();
    BusyboxImage.ensure(node.docker(), IMAGE, home.resolve("image.tar"));
  }

  @AfterAll
  static void stop() throws Exception {
    if (Files.exists(home.resolve("node.lock"))) {
      node.close();
    }
  }

  @Test
  void nothingStaysOpen() throws Exception {
    Program docker = node.docker();
    docker.output(
        "run", "-d", "--name", "busy", IMAGE, "sh", "-c", "while :; do echo x; sleep 0.05; done");
    docker.output("exec", "busy", "true");
    long before = descriptors();
    for (int round = 0; round < ROUNDS; round++) {
      for (List<String> command :
          List.of(
              List.of("exec", "-i", "busy", "cat"),
              List.of("attach", "busy"),
              List.of("logs", "-f", "busy"),
              List.of("run", "--rm", "-i", IMAGE, "cat"),
              List.of("events"),
              List.of("wait", "busy"))) {
        kill(docker, command, 100 * round + 50);
      }
    }
    boolean closed =
        Waiting.until(() -> descriptors() <= before + 5, PATIENCE, "closing what clients left");
    assertTrue(closed, before + " descriptors before, " + descriptors() + " after");
    assertEquals("alive\n", docker.output("exec", "busy", "echo", "alive"));
    assertEquals(
        "", docker.output("exec", "busy", "sh", "-c", "ps | grep -v grep | grep cat || true"));
    docker.output("rm", "-f", "busy");
  }

  private static void kill(Program docker, List<String> command, int afterMillis) throws Exception {
    Process client = docker.start(home.resolve("client.log"), command.toArray(String[]::new));
    boolean ended = client.waitFor(afterMillis, TimeUnit.MILLISECONDS);
    if (!ended) {
      client.destroyForcibly().waitFor();
    }
  }

  private static long descriptors() {
    try (Stream<Path> open =
        Files.list(Path.of("/proc", node.status().required("pid").asString(), "fd"))) {
      return open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
