package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.image.Commands;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to containers while no engine runs, and what the next engine makes of it. */
@Timeout(180)
class RestartedEngineIT {

  private static final String LOOP = "trap 'exit 0' TERM; while :; do sleep 0.1; done";

  /** Docker's rules: what ended meanwhile runs again by its policy, also what was stopped. */
  private static final Map<String, Boolean> RUNS =
      Map.of(
          "always-killed", true,
          "always-ended", true,
          "always-stopped", true,
          "unless-killed", true,
          "unless-stopped", false,
          "failure-killed", true,
          "failure-ended", false,
          "no-killed", false,
          "always-runs", true);

  /** The client of the engine that is tried. */
  @FunctionalInterface
  private interface Client {
    String run(String... arguments) throws Exception;
  }

  private Client client = _ -> "";

  private String docker(String... arguments) throws Exception {
    return client.run(arguments).strip();
  }

  private void run(String name, String policy) throws Exception {
    docker("run", "-d", "--name", name, "--restart", policy, "bb", "sh", "-c", LOOP);
  }

  private void runAll() throws Exception {
    run("always-killed", "always");
    run("always-ended", "always");
    run("always-stopped", "always");
    run("unless-killed", "unless-stopped");
    run("unless-stopped", "unless-stopped");
    run("failure-killed", "on-failure");
    run("failure-ended", "on-failure");
    run("no-killed", "no");
    run("always-runs", "always");
    docker("stop", "-t", "5", "always-stopped", "unless-stopped");
  }

  private Map<String, Long> pids() throws Exception {
    Map<String, Long> pids = new TreeMap<>();
    for (String name : RUNS.keySet()) {
      pids.put(name, Long.parseLong(docker("inspect", "-f", "{{.State.Pid}}", name)));
    }
    return pids;
  }

  private static void endMeanwhile(Map<String, Long> pids) throws Exception {
    for (Map.Entry<String, Long> entry : pids.entrySet()) {
      if (entry.getKey().endsWith("-killed")) {
        Commands.check("kill", "-KILL", entry.getValue().toString());
      } else if (entry.getKey().endsWith("-ended")) {
        Commands.check("kill", "-TERM", entry.getValue().toString());
      }
    }
    for (Map.Entry<String, Long> entry : pids.entrySet()) {
      if (!entry.getKey().endsWith("-runs") && entry.getValue() > 0) {
        long until = System.nanoTime() + 20_000_000_000L;
        while (ProcessHandle.of(entry.getValue()).isPresent() && System.nanoTime() < until) {
          LockSupport.parkNanos(20_000_000);
        }
      }
    }
  }

  private void check(Map<String, Long> before) throws Exception {
    for (Map.Entry<String, Boolean> entry : new TreeMap<>(RUNS).entrySet()) {
      String name = entry.getKey();
      String wanted = entry.getValue() ? "running" : "exited";
      String found = "";
      long until = System.nanoTime() + 30_000_000_000L;
      while (!found.equals(wanted) && System.nanoTime() < until) {
        found = docker("inspect", "-f", "{{.State.Status}}", name);
        LockSupport.parkNanos(50_000_000);
      }
      assertEquals(wanted, found, name);
    }
    assertEquals(before.get("always-runs"), pids().get("always-runs"), "it ran on");
    assertEquals("137", docker("inspect", "-f", "{{.State.ExitCode}}", "no-killed"));
    assertEquals("0", docker("inspect", "-f", "{{.State.ExitCode}}", "failure-ended"));
  }

  @Test
  void policiesHoldAcrossAnOrderlyRestart() throws Exception {
    DockLockFixture fixture = new DockLockFixture();
    try {
      fixture.importBusybox();
      client = fixture::docker;
      runAll();
      Map<String, Long> before = pids();
      fixture.reopen(() -> endMeanwhile(before));
      check(before);
    } finally {
      fixture.close();
    }
  }

  private static void killed(VictimEngine engine, DockLockFixture.Meanwhile meanwhile)
      throws Exception {
    engine.kill();
    meanwhile.run();
    engine.startAgain();
  }

  @Test
  void policiesHoldAcrossAKill() throws Exception {
    VictimEngine engine = new VictimEngine();
    try {
      client = engine::must;
      runAll();
      Map<String, Long> before = pids();
      killed(engine, () -> endMeanwhile(before));
      check(before);
    } finally {
      engine.end();
    }
  }

  @Test
  void portThatWasTakenMeanwhileIsPublishedOnceItIsFree() throws Exception {
    VictimEngine engine = new VictimEngine();
    try {
      client = engine::must;
      int port = freePort();
      docker(
          "run",
          "-d",
          "--name",
          "web",
          "-p",
          port + ":80",
          "bb",
          "sh",
          "-c",
          "echo here > /tmp/index.html; exec httpd -f -p 80 -h /tmp");
      assertEquals("here", page(port));
      ServerSocket[] thief = new ServerSocket[1];
      killed(engine, () -> thief[0] = new ServerSocket(port));
      assertEquals("running", docker("inspect", "-f", "{{.State.Status}}", "web"));
      thief[0].close();
      assertEquals("here", page(port));
      assertTrue(docker("port", "web").contains(":" + port));
    } finally {
      engine.end();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private static String page(int port) throws Exception {
    String address = "http://127.0.0.1:" + port;
    String page = "";
    long until = System.nanoTime() + 30_000_000_000L;
    while (!page.equals("here") && System.nanoTime() < until) {
      page = Commands.run("curl", "-s", "-m", "2", address + "/index.html").text().strip();
      LockSupport.parkNanos(200_000_000);
    }
    return page;
  }
}
