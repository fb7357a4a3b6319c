package io.metanode.containers.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.containers.sys.LinuxSyscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The host's own control groups, with processes in them. */
@Timeout(30)
final class LinuxCgroupsIT {

  private static final String PARENT = "metanode-cgroup-it";

  private static final ContainerGroup ONE = ContainerGroup.of("one", "");
  private static final ContainerGroup TWO = ContainerGroup.of("two", "");

  private LinuxCgroups cgroups;
  private Hierarchies hierarchies;
  private Process process;

  @BeforeEach
  void start() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    hierarchies = Hierarchies.detect();
    assumeTrue(!hierarchies.all("x").isEmpty(), "needs mounted cgroups");
    cgroups = new LinuxCgroups(hierarchies, PARENT, new LinuxSyscalls());
    process = new ProcessBuilder("/bin/sh", "-c", "while :; do :; done").start();
    for (Path root : hierarchies.all("")) {
      Path group = Files.createDirectories(root.resolve(PARENT).resolve("one"));
      inherit(root, "cpuset.cpus");
      inherit(root, "cpuset.mems");
      Files.writeString(group.resolve("cgroup.procs"), Long.toString(process.pid()));
    }
  }

  @AfterEach
  void stop() throws IOException {
    if (process != null) {
      cgroups.removeAll();
      process.destroyForcibly();
    }
  }

  @Test
  void busyProcessIsCountedStoppedAndKilled() throws Exception {
    assertEquals(List.of((int) process.pid()), cgroups.processes(ONE));

    cgroups.freeze(ONE);
    long before = cgroups.read(ONE).orElseThrow().cpuNanos();
    assertFalse(process.waitFor(100, TimeUnit.MILLISECONDS));
    long after = cgroups.read(ONE).orElseThrow().cpuNanos();
    assertTrue(after - before < 20_000_000, () -> "frozen, it ran " + (after - before) + " ns");

    cgroups.thaw(ONE);
    assertFalse(process.waitFor(200, TimeUnit.MILLISECONDS));
    Cgroups.Reading running = cgroups.read(ONE).orElseThrow();
    assertTrue(running.cpuNanos() - after > 20_000_000, "thawed, it runs");
    assertEquals(1, running.pids());

    cgroups.freeze(ONE);
    cgroups.remove(ONE);
    assertTrue(process.waitFor(5, TimeUnit.SECONDS), "even a frozen process is killed");
    assertTrue(cgroups.read(ONE).isEmpty());
    cgroups.remove(ONE);
  }

  @Test
  void onlyUnknownGroupsAreRemoved() throws Exception {
    for (Path group : hierarchies.all(PARENT + "/two")) {
      Files.createDirectories(group);
    }
    cgroups.removeOwnExcept(Set.of(TWO));
    assertTrue(cgroups.read(ONE).isEmpty());
    assertTrue(cgroups.read(TWO).isPresent());
    assertTrue(process.waitFor(5, TimeUnit.SECONDS));
  }

  @Test
  void groupsThatOthersLieInAreKept() throws Exception {
    for (Path group : hierarchies.all(PARENT + "/one/inner")) {
      Files.createDirectories(group);
    }
    cgroups.removeOwnExcept(Set.of(ContainerGroup.of("inner", PARENT + "/one")));
    assertTrue(cgroups.read(ONE).isPresent());
    assertTrue(process.isAlive());
    cgroups.removeOwnExcept(Set.of());
    assertTrue(process.waitFor(5, TimeUnit.SECONDS));
  }

  /** Version 1 cpusets start empty and take no process so. */
  private static void inherit(Path root, String file) throws IOException {
    Path above = root.resolve(file);
    for (String group : List.of(PARENT, PARENT + "/one")) {
      Path target = root.resolve(group).resolve(file);
      if (Files.exists(target) && Files.readString(target).isBlank()) {
        Files.writeString(target, Files.readString(above).strip());
      }
    }
  }
}
