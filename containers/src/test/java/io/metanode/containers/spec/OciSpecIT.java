package io.metanode.containers.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.containers.cgroup.ContainerGroup;
import io.metanode.containers.cgroup.LinuxCgroups;
import io.metanode.containers.sys.LinuxSyscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Configurations as runc takes them, looked at from inside the container. */
@Timeout(60)
final class OciSpecIT {

  private static final Path RUNC = Path.of("/usr/sbin/runc");
  private static final Path BUSYBOX = Path.of("/bin/busybox");
  private static final String ID = "oci-spec-it";

  private final LinuxSyscalls syscalls = new LinuxSyscalls();

  @TempDir Path directory;

  private HostLimits host;
  private LinuxCgroups cgroups;
  private Path rootfs;

  @BeforeEach
  void prepare() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    assumeTrue(Files.isExecutable(RUNC), "needs runc");
    assumeTrue(Files.isExecutable(BUSYBOX), "needs busybox-static");
    host = HostLimits.detect(syscalls);
    cgroups = LinuxCgroups.detect(syscalls, "metanode-spec-it");
    rootfs = directory.resolve("rootfs");
    Path bin = Files.createDirectories(rootfs.resolve("bin"));
    for (String name : List.of("dev", "proc", "sys", "tmp", "data")) {
      Files.createDirectory(rootfs.resolve(name));
    }
    syscalls.changeMode(rootfs.resolve("tmp"), 01777);
    Files.copy(BUSYBOX, bin.resolve("busybox"));
    Files.createSymbolicLink(bin.resolve("sh"), Path.of("busybox"));
  }

  @AfterEach
  void remove() throws IOException {
    if (cgroups != null) {
      cgroups.remove(ContainerGroup.of(ID, ""));
    }
  }

  @Test
  void defaultsHoldInside() throws Exception {
    String output =
        run(
            Samples.settings(),
            "busybox grep -E 'CapEff|CapBnd|Seccomp:|NoNewPrivs' /proc/self/status;"
                + " busybox mount -t tmpfs x /tmp || echo no mount; busybox unshare -m true || echo"
                + " no unshare; echo 1 > /proc/sys/kernel/panic || echo no sysctl; busybox head -c1"
                + " /proc/kcore | busybox wc -c; busybox hostname; busybox df /dev/shm | busybox"
                + " tail -1; busybox ls /sys/firmware | busybox wc -l; busybox cat"
                + " /proc/sys/net/ipv4/ip_unprivileged_port_start");
    assertContains(output, "CapEff:\t00000000a80425fb");
    assertContains(output, "CapBnd:\t00000000a80425fb");
    assertContains(output, "NoNewPrivs:\t0");
    assertContains(output, "Seccomp:\t2");
    assertContains(output, "no mount");
    assertContains(output, "no unshare");
    assertContains(output, "no sysctl");
    assertContains(output, "sample");
    assertContains(output, "65536");
    assertTrue(output.endsWith("0\n0\n"), output);
  }

  @Test
  void privilegedMayMount() throws Exception {
    String output =
        run(
            Samples.settings().privileged(true).capabilities(host.grantable()),
            "busybox mount -t tmpfs x /tmp && echo mounted; busybox grep Seccomp:"
                + " /proc/self/status");
    assertContains(output, "mounted");
    assertContains(output, "Seccomp:\t0");
  }

  @Test
  void limitsReachTheGroups() throws Exception {
    Limits limits =
        new Limits(
            OptionalLong.of(64 << 20),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.of(512),
            OptionalLong.of(Limits.quotaMicros(500_000_000)),
            OptionalLong.of(Limits.CPU_PERIOD_MICROS),
            Optional.of("0"),
            Optional.empty(),
            OptionalLong.of(50),
            OptionalInt.empty(),
            false);
    run(Samples.settings().limits(limits), "busybox true");
    // runc removes a finished container's groups; what it set is seen by the container itself.
    String output =
        run(
            Samples.settings().limits(limits),
            "busybox cat /sys/fs/cgroup/memory/memory.limit_in_bytes"
                + " /sys/fs/cgroup/memory.max 2>/dev/null; busybox cat"
                + " /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/pids.max 2>/dev/null; busybox"
                + " nproc");
    assertEquals("67108864\n50\n1\n", output);
  }

  @Test
  void mountsAndUserAreAsAsked() throws Exception {
    Files.writeString(directory.resolve("shared"), "from the host");
    String output =
        run(
            Samples.settings()
                .readonly(true)
                .noNewPrivileges(true)
                .user(new UserIds(1234, 5678, List.of(9)))
                .mounts(
                    List.of(
                        MountPoint.bind(
                            directory.resolve("shared").toString(), "/data/f", true, "rprivate"),
                        MountPoint.tmpfs("/tmp", List.of("size=64k")))),
            "exec 2>/dev/null; busybox id -u; busybox id -G; busybox cat /data/f; echo; echo x > /data/f || echo"
                + " read only; echo x > /new || echo read only root; echo x > /tmp/x && echo"
                + " tmpfs");
    assertEquals("1234\n5678 9\nfrom the host\nread only\nread only root\ntmpfs\n", output);
  }

  private String run(Samples samples, String script) throws Exception {
    OciSpec spec =
        OciSpec.of(
            samples
                .rootfs(rootfs)
                .cgroup(cgroups.path(ContainerGroup.of(ID, "")))
                .arguments("/bin/sh", "-c", script)
                .build(),
            host);
    Files.createDirectories(rootfs.resolve("data"));
    if (Files.notExists(rootfs.resolve("data/f"))) {
      Files.createFile(rootfs.resolve("data/f"));
    }
    Files.write(directory.resolve("config.json"), spec.bytes());
    Process process =
        new ProcessBuilder(
                RUNC.toString(),
                "--root",
                directory.resolve("state").toString(),
                "run",
                "--bundle",
                directory.toString(),
                ID)
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }

  private static void assertContains(String output, String part) {
    assertTrue(output.contains(part), () -> "no \"" + part + "\" in: " + output);
  }
}
