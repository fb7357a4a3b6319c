package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.cli.BusyboxImage;
import io.metanode.cli.Program;
import io.metanode.cli.process.Finished;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The real docker client against a node's process. */
final class DockerClientIT {

  private static final String IMAGE = "metanode/test:latest";

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

  private static Program docker() {
    return node.docker();
  }

  @Test
  void outputAndExitCodeComeBack() {
    Finished run = docker().run("run", "--rm", IMAGE, "sh", "-c", "echo out; exit 7");
    assertEquals(new Finished(7, "out\n"), run);
  }

  @Test
  void unknownProgramIs127() {
    assertEquals(127, docker().run("run", "--rm", IMAGE, "no-such-program").exitCode());
  }

  @Test
  void everyOperationLeavesAReceipt() throws Exception {
    docker().output("run", "--name", "receipted", IMAGE, "true");
    docker().output("rm", "receipted");
    String receipts = node.output("receipts", "tail", "-n", "20");
    for (String operation : new String[] {"container.create", "container.start"}) {
      assertTrue(receipts.contains(operation), operation + " in\n" + receipts);
    }
    Finished verified = node.run("receipts", "verify");
    assertEquals(0, verified.exitCode(), verified.output());
  }

  @Test
  void containerOutlivesAKillOfTheNode() throws Exception {
    String id = docker().output("run", "-d", IMAGE, "sh", "-c", "echo before; sleep 1000").strip();
    String pid = docker().output("inspect", "--format", "{{.State.Pid}}", id).strip();
    node.kill();
    assertTrue(Files.exists(Path.of("/proc", pid)), "the container's process runs on");
    node.up();
    assertEquals(
        "true " + pid,
        docker().output("inspect", "--format", "{{.State.Running}} {{.State.Pid}}", id).strip());
    assertEquals("after\n", docker().output("exec", id, "echo", "after"));
    assertEquals("before\n", docker().output("logs", id));
    docker().output("rm", "-f", id);
    assertEquals("", docker().output("ps", "-aq", "--filter", "id=" + id));
  }

  @Test
  void containerOutlivesAnOrderlyStop() throws Exception {
    String id = docker().output("run", "-d", IMAGE, "sleep", "1000").strip();
    node.output("down");
    node.up();
    assertEquals(id, docker().output("ps", "-q", "--no-trunc", "--filter", "id=" + id).strip());
    docker().output("rm", "-f", id);
  }
}
