package io.metanode.containers.runtime;

import static io.metanode.containers.runtime.ShimHost.OUTPUT;
import static io.metanode.containers.runtime.ShimHost.ended;
import static io.metanode.containers.runtime.ShimHost.stream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A start that fails gives Docker's exit code and leaves nothing; a container gets nothing of ours.
 */
@Timeout(180)
final class LauncherFailureIT {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long SEED = 3;

  private GeneratedContainers made;

  @BeforeEach
  void open() throws Exception {
    made = new GeneratedContainers();
  }

  @AfterEach
  void close() throws Exception {
    if (made != null) {
      made.close();
    }
  }

  /** Changes a container's configuration. */
  private interface Change {
    void apply(ObjectNode config);
  }

  @Test
  void failuresHaveDockersExitCodesAndLeaveNothing() throws Exception {
    assertFails("missing", 127, config -> program(config, "/bin/none"));
    assertFails("unknown", 127, config -> program(config, "none"));
    assertFails("plain", 126, config -> program(config, "/plain"));
    assertFails("directory", 126, config -> program(config, "/bin"));
    assertFails("workdir", 126, config -> process(config).put("cwd", "/bin/busybox/x"));
    assertFails("source", 127, LauncherFailureIT::missingSource);
  }

  private static void missingSource(ObjectNode config) {
    config
        .withArray("mounts")
        .addObject()
        .put("destination", "/given")
        .put("type", "bind")
        .put("source", "/nonexistent/metanode")
        .putArray("options")
        .add("rbind");
  }

  private static void program(ObjectNode config, String name) {
    process(config).putArray("args").add(name);
  }

  private static ObjectNode process(ObjectNode config) {
    return config.withObject("/process");
  }

  private void assertFails(String id, int code, Change change) throws Exception {
    Set<String> before = leftovers();
    ContainerLaunch launch = launch(id, change);
    try (PendingProcess pending = made.launcher.container(launch)) {
      StartException failure = assertThrows(StartException.class, pending::start, id);
      assertEquals(code, failure.exitCode(), failure.getMessage());
    }
    assertFalse(Files.exists(launch.stateDirectory()), id);
    assertEquals(before, leftovers(), id);
  }

  private ContainerLaunch launch(String id, Change change) throws Exception {
    ContainerLaunch launch = made.launch(id, SEED, false, "true");
    Path file = launch.bundle().resolve("config.json");
    ObjectNode config = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
    change.apply(config);
    Files.write(file, JSON.writeValueAsBytes(config));
    return launch;
  }

  /** Mounts, control groups and processes that bear this test's names. */
  private Set<String> leftovers() throws IOException {
    String name = String.valueOf(made.host.directory.getFileName());
    Set<String> found = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
      if (line.contains(name)) {
        found.add(line);
      }
    }
    try (Stream<Path> hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
      for (Path hierarchy : hierarchies.toList()) {
        Path parent = hierarchy.resolve(Bundles.CGROUP);
        if (Files.isDirectory(parent)) {
          found.addAll(groups(parent));
        }
      }
    }
    found.addAll(processes(name));
    return found;
  }

  private static Set<String> groups(Path parent) throws IOException {
    try (Stream<Path> groups = Files.list(parent)) {
      return groups
          .filter(Files::isDirectory)
          .map(Path::toString)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Set<String> processes(String name) {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains(name) && line.contains("metanode-shim"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What CVE-2019-5736 overwrote, and what CVE-2024-21626 went through, cannot be had. */
  @Test
  void programsNamedByProcReachNothingOfTheHost() throws Exception {
    assertFails("exe", 126, config -> process(config).put("cwd", "/proc/self/fd/8"));
    for (int descriptor = 3; descriptor < 12; descriptor++) {
      String path = "/proc/self/fd/" + descriptor;
      assertTrue(refusedOrInside("fd" + descriptor, config -> process(config).put("cwd", path)));
      assertTrue(refusedOrInside("up" + descriptor, config -> program(config, path)));
    }
    assertTrue(refusedOrInside("self", config -> program(config, "/proc/self/exe")));
  }

  /** Whether it does not start; the shim would wait for a plan and never print. */
  private boolean refusedOrInside(String id, Change change) throws Exception {
    ContainerLaunch launch = launch(id, change);
    try (PendingProcess pending = made.launcher.container(launch);
        ProcessStreams streams = pending.attach(OUTPUT)) {
      RunningProcess process = pending.start();
      String output = stream(1, streams.output().readAllBytes());
      int code = ended(process).exitCode();
      process.release();
      return output.isEmpty() && code != 0;
    } catch (StartException | IOException refused) {
      return true;
    }
  }

  /** The program that holds a container cannot be written to through any path of /proc. */
  @Test
  void theShimIsSealed() throws Exception {
    ContainerLaunch launch = made.launch("sealed", SEED, false, "exec /bin/busybox sleep 600");
    try (PendingProcess pending = made.launcher.container(launch)) {
      RunningProcess process = pending.start();
      long shim = parentOf(process.pid());
      Path program = Path.of("/proc", Long.toString(shim), "exe");
      assertTrue(Files.readSymbolicLink(program).toString().startsWith("/memfd:metanode-shim"));
      assertThrows(IOException.class, () -> Files.write(program, new byte[] {1}));
      process.signal(9);
      ended(process);
      process.release();
    }
  }

  static long parentOf(int pid) {
    return ProcessHandle.of(pid).flatMap(ProcessHandle::parent).orElseThrow().pid();
  }
}
