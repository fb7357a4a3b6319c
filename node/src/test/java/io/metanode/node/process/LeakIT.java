package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.cli.Program;
import io.metanode.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What containers held is given back when they are removed, also if the node crashed between. */
final class LeakIT extends OnTracedNode {

  private static final String IMAGE = "metanode/leak:latest";
  private static final String SLEEP = "exec sleep 1000";

  /** The JVM's own threads and descriptors come and go. */
  private static final int SLACK = 8;

  private static final long STEADY_NANOS = 1_000_000_000;

  private HostTraces idle =
      new HostTraces(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  LeakIT() {
    super(IMAGE);
  }

  @BeforeEach
  void lookAround() throws Exception {
    List<String> links = linksOnceMade();
    removeAll(everyKind());
    Eventually.equal("what is held", List.of(), () -> HostTraces.of(traced).held());
    Eventually.equal("links", links, () -> HostTraces.of(traced).links());
    idle = HostTraces.of(traced);
  }

  /** The bridge, and the links made ahead: what there is once no more come. */
  private List<String> linksOnceMade() throws Exception {
    var last =
        new Object() {
          private List<String> links = List.of();
          private long since = System.nanoTime();
        };
    Eventually.holds(
        "links are made ahead",
        () -> {
          List<String> now = HostTraces.of(traced).links();
          if (!now.equals(last.links)) {
            last.links = now;
            last.since = System.nanoTime();
          }
          return now.size() > 1 && System.nanoTime() - last.since > STEADY_NANOS;
        });
    return last.links;
  }

  @Test
  void removalLeavesNothingBehind() throws Exception {
    long descriptors = descriptors();
    long threads = threads();
    for (int round = 0; round < 3; round++) {
      removeAll(everyKind());
    }
    assertIdle();
    Eventually.holds("descriptors closed", () -> descriptors() <= descriptors + SLACK);
    Eventually.holds("threads ended", () -> threads() <= threads + SLACK);
  }

  @Test
  void removalAfterACrashLeavesNothingBehind() throws Exception {
    List<String> ids = everyKind();
    Process exec = execInFlight(ids.getFirst());
    assertNotEquals(idle, HostTraces.of(traced), "the traces of containers are seen");
    node.kill();
    endWhileNobodyWatches(ids.get(1));
    node.start();
    removeAll(ids);
    exec.destroyForcibly().waitFor();
    assertIdle();
  }

  @Test
  void crashAmidRemovalLeavesNothingBehind() throws Exception {
    List<String> ids = everyKind();
    Thread remover = Thread.ofVirtual().start(() -> node.docker().run(arguments("rm", "-fv", ids)));
    Eventually.holds("removal has begun", () -> node.api().ids().size() < ids.size());
    node.kill();
    remover.join();
    node.start();
    removeAll(node.api().ids());
    assertIdle();
  }

  @Test
  void orderlyStopWithoutContainersLeavesNothingOnTheHost() throws Exception {
    node.close();
    HostTraces nothing =
        new HostTraces(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    Eventually.equal("traces", nothing, () -> HostTraces.of(traced));
    try (Stream<Path> groups = Files.find(Path.of("/sys/fs/cgroup"), 2, this::isOurs)) {
      assertEquals(List.of(), groups.toList());
    }
  }

  private boolean isOurs(Path path, Object attributes) {
    return String.valueOf(path.getFileName()).contains(traced.instance());
  }

  /** One container in each state that holds something. */
  private List<String> everyKind() throws Exception {
    Program docker = node.docker();
    String published = docker.output("run", "-d", "-p", "0:80", IMAGE, "sh", "-c", SLEEP).strip();
    String ending = docker.output("run", "-d", "-v", "/kept", IMAGE, "sh", "-c", SLEEP).strip();
    docker.output("exec", published, "true");
    docker.output("run", "--rm", IMAGE, "true");
    String ended = docker.output("run", "-d", "--network", "none", IMAGE, "false").strip();
    docker.output("wait", ended);
    String paused = docker.output("run", "-d", "--tmpfs", "/t", IMAGE, "sh", "-c", SLEEP).strip();
    docker.output("pause", paused);
    String restarting = docker.output("run", "-d", "--restart", "always", IMAGE, "false").strip();
    String created = docker.output("create", IMAGE, "true").strip();
    String broken = docker.output("create", IMAGE, "no-such-program").strip();
    assertNotEquals(0, docker.run("start", "-a", broken).exitCode());
    return List.of(published, ending, ended, paused, restarting, created, broken);
  }

  private Process execInFlight(String id) throws Exception {
    Process process =
        node.docker().start(home.resolve("exec.out"), "exec", id, "sh", "-c", "echo in; " + SLEEP);
    Eventually.holds(
        "the exec runs", () -> Files.readString(home.resolve("exec.out")).contains("in"));
    return process;
  }

  private void endWhileNobodyWatches(String id) throws Exception {
    Path state = home.resolve("engine/containers/" + id + "/state.json");
    String pid = Files.readString(state).replaceAll("(?s).*\"pid\":([0-9]+).*", "$1");
    ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
    Eventually.holds("it ended", () -> !isAlive(pid));
  }

  private static boolean isAlive(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false);
  }

  private void removeAll(List<String> ids) {
    if (!ids.isEmpty()) {
      node.docker().output(arguments("rm", "-fv", ids));
    }
  }

  private static String[] arguments(String command, String option, List<String> ids) {
    return Stream.concat(Stream.of(command, option), ids.stream()).toArray(String[]::new);
  }

  private void assertIdle() throws Exception {
    assertTrue(node.api().ids().isEmpty());
    Eventually.equal("traces", idle, () -> HostTraces.of(traced));
  }

  private long descriptors() throws IOException {
    return count("fd");
  }

  private long threads() throws IOException {
    return count("task");
  }

  private long count(String folder) throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(node.pid()), folder))) {
      return entries.count();
    }
  }
}
