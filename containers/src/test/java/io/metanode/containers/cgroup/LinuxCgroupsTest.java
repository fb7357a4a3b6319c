package io.metanode.containers.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.containers.cgroup.Cgroups.Metered;
import io.metanode.containers.cgroup.Cgroups.Reading;
import io.metanode.containers.sys.LinuxSyscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readings from trees of files as the kernel writes them. */
final class LinuxCgroupsTest {

  private static final ContainerGroup ID = ContainerGroup.of("c1", "");

  @TempDir Path root;

  @Test
  void version1IsReadFromItsControllers() throws IOException {
    write("cpuacct/m/c1/cpuacct.usage", "3000\n");
    write("cpuacct/m/c1/cpuacct.usage_user", "2000\n");
    write("cpuacct/m/c1/cpuacct.usage_sys", "1000\n");
    write("cpu/m/c1/cpu.stat", "nr_periods 10\nnr_throttled 4\nthrottled_time 77\n");
    write("memory/m/c1/memory.usage_in_bytes", "4096\n");
    write("memory/m/c1/memory.max_usage_in_bytes", "8192\n");
    write("memory/m/c1/memory.limit_in_bytes", "9223372036854771712\n");
    write("memory/m/c1/memory.stat", "inactive_file 1\ntotal_inactive_file 512\n");
    write("memory/m/c1/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n");
    write("pids/m/c1/pids.current", "3\n");
    write("pids/m/c1/pids.max", "max\n");
    write(
        "blkio/m/c1/blkio.throttle.io_service_bytes_recursive",
        "254:0 Read 100\n254:0 Write 20\n254:16 Read 1\n254:0 Total 120\nTotal 121\n");
    LinuxCgroups cgroups = version1();
    assertEquals(1, cgroups.version());
    assertEquals(
        Optional.of(
            new Reading(
                3000,
                2000,
                1000,
                77,
                4,
                10,
                4096,
                512,
                8192,
                Long.MAX_VALUE,
                2,
                3,
                Long.MAX_VALUE,
                101,
                20)),
        cgroups.read(ID));
    assertEquals(Optional.of(new Metered(3000, 4096, 2)), cgroups.metered(ID));
  }

  @Test
  void version2IsReadFromTheUnifiedTree() throws IOException {
    write(
        "m/c1/cpu.stat",
        """
        usage_usec 3
        user_usec 2
        system_usec 1
        nr_periods 10
        nr_throttled 4
        throttled_usec 5
        """);
    write("m/c1/memory.current", "4096\n");
    write("m/c1/memory.peak", "8192\n");
    write("m/c1/memory.max", "1048576\n");
    write("m/c1/memory.stat", "anon 5\ninactive_file 512\n");
    write("m/c1/memory.events", "low 0\noom 3\noom_kill 2\n");
    write("m/c1/pids.current", "3\n");
    write("m/c1/pids.max", "100\n");
    write("m/c1/io.stat", "254:0 rbytes=100 wbytes=20 rios=1\n254:16 rbytes=1 wbytes=0\n");
    LinuxCgroups cgroups = version2();
    assertEquals(2, cgroups.version());
    assertEquals(
        Optional.of(
            new Reading(
                3000, 2000, 1000, 5000, 4, 10, 4096, 512, 8192, 1048576, 2, 3, 100, 101, 20)),
        cgroups.read(ID));
    assertEquals(Optional.of(new Metered(3000, 4096, 2)), cgroups.metered(ID));
  }

  @Test
  void filesAnOldKernelLacksCountAsNothing() throws IOException {
    write("m/c1/memory.current", "4096\n");
    Reading reading = version2().read(ID).orElseThrow();
    assertEquals(4096, reading.memoryPeakBytes());
    assertEquals(Long.MAX_VALUE, reading.memoryLimitBytes());
    assertEquals(0, reading.cpuNanos());
  }

  @Test
  void containerWithoutGroupsHasNoReading() throws IOException {
    assertEquals(Optional.empty(), version1().read(ContainerGroup.of("other", "")));
  }

  @Test
  void freezeWaitsForTheStateTheKernelShows() throws IOException {
    write("freezer/m/c1/freezer.state", "THAWED\n");
    version1().freeze(ID);
    assertEquals("FROZEN", Files.readString(root.resolve("freezer/m/c1/freezer.state")));
    version1().thaw(ID);
    assertEquals("THAWED", Files.readString(root.resolve("freezer/m/c1/freezer.state")));

    write("m/c1/cgroup.events", "populated 1\nfrozen 1\n");
    write("m/c1/cgroup.freeze", "0\n");
    version2().freeze(ID);
    assertEquals("1", Files.readString(root.resolve("m/c1/cgroup.freeze")));
  }

  @Test
  void processesOfNestedGroupsAreFound() throws IOException {
    write("m/c1/cgroup.procs", "12\n7\n");
    write("m/c1/inner/cgroup.procs", "30\n");
    assertEquals(List.of(7, 12, 30), version2().processes(ID));
  }

  @Test
  void groupsBelowAnotherParentAreFound() throws IOException {
    write("x/y/c1/memory.current", "4096\n");
    write("c1/memory.current", "8192\n");
    LinuxCgroups cgroups = version2();
    assertEquals(Optional.empty(), cgroups.read(ID));
    assertEquals(4096, cgroups.read(ContainerGroup.of("c1", "/x/y")).orElseThrow().memoryBytes());
    assertEquals(8192, cgroups.read(ContainerGroup.of("c1", "/")).orElseThrow().memoryBytes());
    assertEquals("/x/y/c1", cgroups.path(ContainerGroup.of("c1", "x/y")));
    assertEquals("/m/c1", cgroups.path(ID));
  }

  @Test
  void mountsAreToldApart() {
    Hierarchies hybrid =
        Hierarchies.parse(
            List.of(
                "tmpfs /sys/fs/cgroup tmpfs ro 0 0",
                "cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,nosuid,relatime,cpu,cpuacct 0 0",
                "cgroup /sys/fs/cgroup/memory cgroup rw,memory 0 0",
                "cgroup /sys/fs/cgroup/systemd cgroup rw,xattr,name=systemd 0 0",
                "cgroup2 /sys/fs/cgroup/unified cgroup2 rw,nsdelegate 0 0"));
    assertEquals(1, hybrid.version());
    assertEquals(4, hybrid.all("x").size(), "cpu and cpuacct are one");
    assertEquals(
        Optional.of(Path.of("/sys/fs/cgroup/cpu,cpuacct/x")), hybrid.version1("cpuacct", "x"));
    Hierarchies unified =
        Hierarchies.parse(List.of("cgroup2 /sys/fs/cgroup cgroup2 rw,nsdelegate 0 0"));
    assertEquals(2, unified.version());
    assertEquals(Optional.empty(), unified.version1("memory", "x"));
  }

  private LinuxCgroups version1() {
    Map<String, Path> controllers =
        Map.of(
            "cpu", root.resolve("cpu"),
            "cpuacct", root.resolve("cpuacct"),
            "memory", root.resolve("memory"),
            "pids", root.resolve("pids"),
            "blkio", root.resolve("blkio"),
            "freezer", root.resolve("freezer"));
    return new LinuxCgroups(
        new Hierarchies(controllers, Optional.empty()), "m", new LinuxSyscalls());
  }

  private LinuxCgroups version2() {
    return new LinuxCgroups(new Hierarchies(Map.of(), Optional.of(root)), "m", new LinuxSyscalls());
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
