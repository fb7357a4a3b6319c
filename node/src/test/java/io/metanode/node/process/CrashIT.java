package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.cli.Program;
import io.metanode.cli.process.Finished;
import io.metanode.testkit.Eventually;
import io.metanode.testkit.Gen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A node killed at seeded moments under load loses nothing it acknowledged. {@code
 * -Dcrash.kills=200 -Dcrash.seed=7} kills more often, and otherwise.
 */
final class CrashIT extends OnTracedNode {

  static final String IMAGE = "metanode/crash:latest";

  private static final int KILLS = Integer.getInteger("crash.kills", 12);
  private static final long SEED = Long.getLong("crash.seed", 20_260_101);
  private static final int CLIENTS = 4;
  private static final int MOST_DEEDS_BETWEEN_KILLS = 30;
  private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
  private static final String COUNTER = "i=0; while :; do echo $i; i=$((i+1)); usleep 10000; done";

  CrashIT() {
    super(IMAGE);
  }

  @Test
  void nothingAcknowledgedIsLost() throws Exception {
    Gen gen = new Gen(SEED);
    List<String> runners = List.of(runner("bridge"), runner("none"));
    List<String> pids = pids(runners);
    CrashLoad load = new CrashLoad(node.api(), runners);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<Integer>> clients = new ArrayList<>();
      for (int number = 0; number < CLIENTS; number++) {
        clients.add(threads.submit(new CrashClient(load, gen.split(), number)));
      }
      try {
        for (int kill = 0; kill < KILLS; kill++) {
          int deeds = load.acknowledged() + gen.intBetween(1, MOST_DEEDS_BETWEEN_KILLS);
          Eventually.holds(
              "clients make progress",
              () -> load.acknowledged() >= deeds || clients.stream().anyMatch(Future::isDone));
          LockSupport.parkNanos(gen.between(0, LONGEST_WAIT_NANOS));
          load.aboutToKill();
          node.kill();
          assertEquals(pids, runningPids(pids), "containers outlive the node");
          node.start();
          assertEquals(pids, pids(runners), "the node knows what runs");
          load.assertNothingCameBack();
        }
      } finally {
        load.end();
      }
      for (Future<Integer> client : clients) {
        assertTrue(client.get() > 0);
      }
    }
    load.assertNothingCameBack();
    runners.forEach(this::assertNumberedWithoutGap);
    for (String left : node.api().ids()) {
      node.api().remove(left);
    }
    Eventually.equal("what is left on the host", List.of(), () -> HostTraces.of(traced).held());
    load.assertReceipted(node.receipts());
    Finished verified = node.run("receipts", "verify");
    assertEquals(0, verified.exitCode(), verified.output());
    System.out.printf(
        "crash: %d kills, %d operations acknowledged, %d receipts, nothing left%n",
        KILLS, load.acknowledged(), node.receipts().size());
  }

  @Test
  void attachReachesAContainerStartedBeforeTheCrash() throws Exception {
    String id = node.docker().output("run", "-d", "-i", IMAGE, "cat").strip();
    node.kill();
    node.start();
    Program client = node.docker();
    List<String> attach = new ArrayList<>(client.command());
    attach.addAll(List.of("attach", id));
    ProcessBuilder builder = new ProcessBuilder(attach).redirectErrorStream(true);
    builder.environment().putAll(client.environment());
    Process process = builder.start();
    try (var in = process.outputWriter();
        var out = process.inputReader()) {
      in.write("across the crash\n");
      in.flush();
      assertEquals("across the crash", out.readLine());
    } finally {
      process.destroyForcibly();
    }
    assertEquals("across the crash\n", client.output("logs", id));
  }

  private String runner(String network) throws Exception {
    var body = EngineApi.script(IMAGE, COUNTER);
    body.withObject("HostConfig").put("NetworkMode", network);
    String id = node.api().create("counter-" + network, body);
    node.api().post(id, "start");
    return id;
  }

  private List<String> pids(List<String> ids) throws Exception {
    List<String> pids = new ArrayList<>();
    for (String id : ids) {
      var state = node.api().inspect(id).path("State");
      pids.add(state.path("Status").asString() + " " + state.path("Pid").asInt());
    }
    return pids;
  }

  private static List<String> runningPids(List<String> states) {
    return states.stream()
        .filter(state -> Files.exists(Path.of("/proc", state.substring(state.indexOf(' ') + 1))))
        .toList();
  }

  private void assertNumberedWithoutGap(String id) {
    List<String> lines = node.docker().output("logs", id).lines().toList();
    assertTrue(lines.size() > 1, "it printed all the while");
    assertEquals(IntStream.range(0, lines.size()).mapToObj(Integer::toString).toList(), lines);
  }
}
