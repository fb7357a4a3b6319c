package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.containers.image.Commands;
import io.metanode.receipts.LogReader;
import io.metanode.receipts.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --cgroup-parent} by the real client, for containers of the shim's and of runc's. */
@Timeout(180)
final class CgroupParentIT {

  private static final String TOP = "metanode-parent-it-" + ProcessHandle.current().pid();
  private static final Path HIERARCHIES = Path.of("/sys/fs/cgroup");

  private static DockLockFixture fixture;

  @BeforeAll
  static void open() throws Exception {
    fixture = new DockLockFixture();
    fixture.importBusybox();
  }

  @AfterAll
  static void close() throws Exception {
    if (fixture != null) {
      fixture.close();
      for (String name : List.of(TOP + "/deep", TOP)) {
        for (Path group : groups(name)) {
          Files.delete(group);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/@/deep, @/deep, --tty=false",
    "@, @, --tty=false",
    "/@/./deep/, @/deep, --device=/dev/zero",
    "@, @, --device=/dev/zero"
  })
  void everythingFindsTheGroup(String pattern, String place, String option) throws Exception {
    String parent = pattern.replace("@", TOP);
    String id =
        fixture.docker(
            "run",
            "-d",
            "--name",
            "busy",
            "--cgroup-parent",
            parent,
            "-m",
            "64m",
            option,
            "bb",
            "sh",
            "-c",
            "while :; do :; done");
    String group = place.replace("@", TOP) + "/" + id;
    assertEquals(parent, fixture.docker("inspect", "-f", "{{.HostConfig.CgroupParent}}", "busy"));
    Path process = Path.of("/proc", fixture.docker("inspect", "-f", "{{.State.Pid}}", "busy"));
    for (String line : Files.readAllLines(process.resolve("cgroup"))) {
      assertTrue(line.endsWith(":/" + group), line);
    }
    assertTrue(stats().contains("/ 64MiB"), stats());

    fixture.reopen();
    assertTrue(stats().contains("/ 64MiB"), stats());
    assertTrue(fixture.docker("top", "busy").contains("while"));
    fixture.docker("exec", "busy", "true");
    fixture.docker("pause", "busy");
    long frozen = ticks(process);
    fixture.docker("update", "-m", "32m", "--memory-swap", "32m", "busy");
    assertEquals(frozen, ticks(process), "it is stopped");
    fixture.docker("unpause", "busy");
    assertTrue(stats().contains("/ 32MiB"), stats());

    fixture.docker("stop", "-t", "0", "busy");
    assertTrue(cpuMillis(id) > 50, "the CPU time is metered: " + cpuMillis(id) + " ms");
    fixture.docker("rm", "busy");
    for (int i = 0; i < 100 && !groups(group).isEmpty(); i++) {
      fixture.docker("version");
    }
    assertEquals(List.of(), groups(group));
    assertFalse(groups(place.replace("@", TOP)).isEmpty(), "the parent stays, as with Docker");
  }

  @ParameterizedTest
  @CsvSource({"--tty=false", "--device=/dev/zero"})
  void theMemoryLimitIsSeenToKill(String option) throws Exception {
    var _ =
        fixture.attempt(
            "run",
            "--name",
            "full",
            "--cgroup-parent",
            "/" + TOP,
            "-m",
            "16m",
            "--memory-swap",
            "16m",
            option,
            "bb",
            "dd",
            "if=/dev/zero",
            "of=/dev/null",
            "bs=67108864",
            "count=1");
    assertEquals("true", fixture.docker("inspect", "-f", "{{.State.OOMKilled}}", "full"));
    fixture.docker("rm", "full");
  }

  @ParameterizedTest
  @CsvSource({"--tty=false", "--device=/dev/zero"})
  void aGroupLeftBehindIsRemoved(String option) throws Exception {
    String id =
        fixture.docker(
            "run", "-d", "--name", "ended", "--cgroup-parent", "/" + TOP, option, "bb", "true");
    fixture.docker("wait", "ended");
    Process stray = new ProcessBuilder("sleep", "600").start();
    fixture.reopen(
        () -> {
          for (Path parent : groups(TOP)) {
            Path left = Files.createDirectories(parent.resolve(id));
            for (String set : List.of("cpuset.cpus", "cpuset.mems")) {
              if (Files.exists(left.resolve(set))
                  && Files.readString(left.resolve(set)).isBlank()) {
                Files.writeString(left.resolve(set), Files.readString(parent.resolve(set)).strip());
              }
            }
            Files.writeString(left.resolve("cgroup.procs"), Long.toString(stray.pid()));
          }
        });
    assertEquals(List.of(), groups(TOP + "/" + id));
    assertTrue(stray.waitFor(5, TimeUnit.SECONDS));
    fixture.docker("rm", "ended");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1"})
  void stepsOfBuildsRunThere(String builder, @TempDir Path context) throws Exception {
    assumeTrue(
        Files.isDirectory(HIERARCHIES.resolve("memory")), "skipped: no path shows on version 2");
    if (builder.equals("1")) {
      FetchedClients.plugin(fixture, "docker-buildx");
    }
    Files.writeString(context.resolve("Dockerfile"), "FROM bb\nRUN cat /proc/self/cgroup\n");
    List<String> command =
        fixture.command(
            "build", "--no-cache", "--cgroup-parent", "/" + TOP + "/deep", context.toString());
    command.add(1, "DOCKER_BUILDKIT=" + builder);
    String said = Commands.check(command.toArray(String[]::new));
    assertTrue(said.contains("memory:/" + TOP + "/deep/"), said);
    command.set(command.indexOf("/" + TOP + "/deep"), "/../x");
    assertTrue(
        Commands.run(command.toArray(String[]::new)).text().contains("invalid cgroup parent"));
  }

  private static String stats() throws Exception {
    return fixture.docker("stats", "--no-stream", "--format", "{{.MemUsage}}", "busy");
  }

  /** Processor time in the kernel's ticks: the fields utime and stime of stat (proc(5)). */
  private static long ticks(Path process) throws IOException {
    String[] fields = Files.readString(process.resolve("stat")).split(" ", -1);
    return Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
  }

  private static long cpuMillis(String id) throws IOException {
    LogReader log = LogReader.open(fixture.directory().resolve("receipts"));
    long sum = 0;
    for (long i = 0; i < log.size(); i++) {
      Step step = log.receipt(i).step();
      if (step.subjects().stream().anyMatch(s -> s.name().equals("container/" + id))) {
        sum += step.usage().cpuMs();
      }
    }
    return sum / 1_000_000; // receipts count 10⁻⁶ ms
  }

  /** The directories of a group, in the hierarchies that have it. */
  private static List<Path> groups(String name) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(HIERARCHIES.resolve(name))) {
      found.add(HIERARCHIES.resolve(name));
    }
    try (Stream<Path> hierarchies = Files.list(HIERARCHIES)) {
      hierarchies
          .filter(path -> !Files.isSymbolicLink(path))
          .map(path -> path.resolve(name))
          .filter(Files::isDirectory)
          .forEach(found::add);
    }
    return found;
  }
}
