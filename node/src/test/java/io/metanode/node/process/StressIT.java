package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Containers that take what they can get, and many at once: {@code -Dstress.containers=500} for
 * more of them.
 */
final class StressIT extends OnTracedNode {

  private static final String IMAGE = "metanode/stress:latest";
  private static final int CONTAINERS = Integer.getInteger("stress.containers", 20);
  private static final int CLIENTS = 8;

  StressIT() {
    super(IMAGE);
  }

  @Test
  void whoForksWithoutEndIsBounded() throws Exception {
    String bomb = "for i in 1 2 3; do (while :; do sleep 1000 & done) & done; exec sleep 1000";
    node.docker()
        .output("run", "-d", "--name", "bomb", "--pids-limit", "64", IMAGE, "sh", "-c", bomb);
    Eventually.holds("it is at its limit", () -> pids("bomb") >= 50);
    for (int i = 0; i < 3; i++) {
      assertTrue(pids("bomb") <= 64);
    }
    assertEquals("alive", node.docker().output("run", "--rm", IMAGE, "echo", "alive").strip());
    node.docker().output("rm", "-f", "bomb");
    assertNothingLeft();
  }

  private int pids(String name) {
    return Integer.parseInt(
        node.docker().output("stats", "--no-stream", "--format", "{{.PIDs}}", name).strip());
  }

  @Test
  void aFloodedLogStaysWithinItsBound() throws Exception {
    String id =
        node.docker()
            .output(
                "run",
                "-d",
                "--name",
                "flood",
                "--log-opt",
                "max-size=1m",
                "--log-opt",
                "max-file=3",
                IMAGE,
                "sh",
                "-c",
                "yes 0123456789012345678901234567890123456789")
            .strip();
    Path directory = home.resolve("engine/containers").resolve(id);
    long most = 0;
    long written = 0;
    for (int i = 0; i < 50 || written < 64 << 20; i++) {
      most = Math.max(most, bytes(directory));
      written =
          Long.parseLong(
              node.docker()
                  .output("exec", "flood", "cat", "/proc/1/io")
                  .lines()
                  .filter(l -> l.startsWith("wchar"))
                  .findFirst()
                  .orElseThrow()
                  .replaceAll("\\D", ""));
    }
    assertTrue(most > 1 << 20, "the log was written: " + most);
    assertTrue(most < 4 << 20, "three files of 1 MiB, one being written: " + most);
    assertEquals("alive", node.docker().output("run", "--rm", IMAGE, "echo", "alive").strip());
    assertTrue(node.docker().output("logs", "--tail", "1", "flood").startsWith("0123"));
    node.docker().output("rm", "-f", "flood");
    assertNothingLeft();
  }

  private static long bytes(Path directory) throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        try {
          sum += Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (java.nio.file.NoSuchFileException e) {
          // rotated away
        }
      }
    } catch (java.io.UncheckedIOException e) {
      return 0; // the same, while it was listed
    }
    return sum;
  }

  @Test
  void whoEatsMemoryIsKilledAndSaidToBe() throws Exception {
    node.docker()
        .run(
            "run",
            "--name",
            "eater",
            "-m",
            "32m",
            "--memory-swap",
            "32m",
            IMAGE,
            "sh",
            "-c",
            "x=0123456789; while :; do x=$x$x; done");
    assertEquals(
        "true 137",
        node.docker()
            .output("inspect", "-f", "{{.State.OOMKilled}} {{.State.ExitCode}}", "eater")
            .strip());
    node.docker().output("rm", "eater");
    assertNothingLeft();
  }

  @Test
  void manyAtOnceOutliveTheNodeAndGoWithoutATrace() throws Exception {
    List<Callable<String>> runs = new ArrayList<>();
    for (int i = 0; i < CONTAINERS; i++) {
      String name = "many-" + i;
      runs.add(
          () -> {
            var body = EngineApi.script(IMAGE, "exec sleep 10000");
            String id = node.api().create(name, body);
            node.api().post(id, "start");
            return id;
          });
    }
    List<String> ids = all(runs);
    assertEquals(CONTAINERS, running());
    node.kill();
    node.start();
    assertEquals(CONTAINERS, running());
    all(ids.stream().<Callable<String>>map(id -> () -> "" + node.api().remove(id)).toList());
    assertNothingLeft();
  }

  private long running() {
    return node.docker().output("ps", "-q").lines().count();
  }

  private static List<String> all(List<Callable<String>> tasks) throws Exception {
    List<String> results = new ArrayList<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      for (Future<String> result : clients.invokeAll(tasks)) {
        results.add(result.get());
      }
    }
    return results;
  }

  private void assertNothingLeft() throws Exception {
    Eventually.equal("what is left on the host", List.of(), () -> HostTraces.of(traced).held());
  }
}
