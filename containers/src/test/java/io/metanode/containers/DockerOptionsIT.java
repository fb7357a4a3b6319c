package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statistics, pruning, shared volumes, init, health checks and refusals, by the real client. */
@Timeout(120)
class DockerOptionsIT extends WithDockLock {

  @Test
  void showsStatistics() throws Exception {
    fixture.docker(
        "run", "-d", "--name", "busy", "-m", "64m", "bb", "sh", "-c", "while :; do :; done");
    String line =
        fixture.docker(
            "stats",
            "--no-stream",
            "--format",
            "{{.Name}} {{.CPUPerc}} {{.MemUsage}} {{.PIDs}}",
            "busy");
    fixture.docker("rm", "-f", "busy");
    String[] words = line.split(" ", -1);
    assertEquals("busy", words[0]);
    assertTrue(Double.parseDouble(words[1].replace("%", "")) > 1, line);
    assertTrue(line.contains("/ 64MiB"), line);
    assertTrue(Integer.parseInt(words[words.length - 1]) >= 1, line);
  }

  @Test
  void prunesWhatDoesNotRun() throws Exception {
    fixture.docker("create", "--name", "idle", "--label", "prune=me", "bb", "true");
    fixture.docker("create", "--name", "kept", "bb", "true");
    String answer = fixture.docker("container", "prune", "-f", "--filter", "label=prune=me");
    assertTrue(answer.contains("Total reclaimed space"), answer);
    assertEquals("", fixture.docker("ps", "-aq", "--filter", "name=idle"));
    assertNotEquals("", fixture.docker("ps", "-aq", "--filter", "name=kept"));
    fixture.docker("rm", "kept");
  }

  @Test
  void sharesVolumes() throws Exception {
    fixture.docker("create", "--name", "owner", "-v", "shared:/data", "bb", "true");
    fixture.docker("run", "--rm", "--volumes-from", "owner", "bb", "sh", "-c", "echo hi >/data/f");
    assertEquals(
        "hi", fixture.docker("run", "--rm", "--volumes-from", "owner:ro", "bb", "cat", "/data/f"));
    assertNotEquals(
        0,
        fixture
            .attempt("run", "--rm", "--volumes-from", "owner:ro", "bb", "touch", "/data/g")
            .exit());
    fixture.docker("rm", "-v", "owner");
  }

  @Test
  void initIsTheFirstProcess() throws Exception {
    assertTrue(
        fixture
            .docker("run", "--rm", "--init", "bb", "cat", "/proc/1/cmdline")
            .startsWith("/sbin/docker-init"));
  }

  @Test
  void probesHealth() throws Exception {
    fixture.docker(
        "run",
        "-d",
        "--name",
        "well",
        "--health-cmd",
        "true",
        "--health-interval",
        "200ms",
        "bb",
        "sleep",
        "60");
    String status = "";
    long end = System.nanoTime() + 30_000_000_000L;
    while (!status.equals("healthy") && System.nanoTime() < end) {
      status = fixture.docker("inspect", "-f", "{{.State.Health.Status}}", "well");
    }
    assertEquals("healthy", status);
    assertTrue(fixture.docker("ps", "--filter", "health=healthy").contains("(healthy)"));
    fixture.docker("rm", "-f", "well");
  }

  @Test
  void refusesWhatItCannotGive() throws Exception {
    for (String[] option :
        new String[][] {
          {"--cgroup-parent", "/x/../y"},
          {"--pid", "container:nobody"},
          {"--gpus", "all"},
          {"--ip", "10.1.2.3"},
          {"--ipc", "container:x"},
          {"--storage-opt", "size=1G"}
        }) {
      var refused = fixture.attempt("create", option[0], option[1], "bb", "true");
      assertNotEquals(0, refused.exit(), String.join(" ", option));
    }
  }

  @Test
  void execsOutliveTheEngine() throws Exception {
    fixture.docker("run", "-d", "--name", "long", "bb", "sleep", "60");
    fixture.docker("exec", "-d", "long", "sleep", "50");
    fixture.reopen();
    String ids = fixture.docker("inspect", "-f", "{{.ExecIDs}}", "long");
    assertTrue(ids.matches("\\[[0-9a-f]{64}]"), ids);
    assertTrue(fixture.docker("top", "long").contains("sleep 50"));
    fixture.docker("rm", "-f", "long");
  }
}
