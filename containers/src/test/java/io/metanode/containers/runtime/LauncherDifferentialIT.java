package io.metanode.containers.runtime;

import static io.metanode.containers.runtime.ShimHost.OUTPUT;
import static io.metanode.containers.runtime.ShimHost.ended;
import static io.metanode.containers.runtime.ShimHost.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.spec.Capabilities;
import io.metanode.containers.spec.ContainerSettings;
import io.metanode.containers.spec.HostLimits;
import io.metanode.containers.spec.Limits;
import io.metanode.containers.spec.MountPoint;
import io.metanode.containers.spec.Namespace;
import io.metanode.containers.spec.Namespaces;
import io.metanode.containers.spec.OciSpec;
import io.metanode.containers.spec.ProcessSettings;
import io.metanode.containers.spec.SeccompChoice;
import io.metanode.containers.spec.Ulimit;
import io.metanode.containers.spec.UserIds;
import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.LinuxSyscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same container under runc and under the launcher looks the same from within. */
@Timeout(180)
final class LauncherDifferentialIT {

  private static final long SEED = 20_261_122;
  private static final int CASES = 12;

  private static final String PROBE =
      """
      b=/bin/busybox
      $b grep -vE '^(Vm|Rss|SigQ|.*ctxt_switches|Cpus_|Mems_|Pid|Tgid|NSpid|NStgid|FDSize)' \
        /proc/self/status
      $b sed -E 's/^[0-9]+ [0-9]+ [0-9]+:[0-9]+ //' /proc/self/mountinfo
      $b cat /proc/self/limits /proc/self/cgroup /proc/self/oom_score_adj
      $b ls -ln /dev /dev/pts / /proc/self/fd/0 /proc/self/fd/1 \
        | $b sed -E 's/^(d[^ ]+) +[0-9]+/\\1/;s/[A-Z][a-z]{2} +[0-9]+ [0-9:]+//;s/(pipe|socket):.*//'
      $b hostname; $b cat /proc/sys/kernel/domainname; umask; $b env | $b sort; pwd
      $b ls /proc/self/fd | $b wc -l
      $b cat /proc/sys/net/ipv4/ip_unprivileged_port_start /proc/sys/net/ipv4/ping_group_range
      $b cat /proc/self/stat | $b cut -d' ' -f4-8
      for n in mnt pid ipc uts net cgroup user; do
        [ "$($b readlink /proc/self/ns/$n)" = "$($b readlink /proc/1/ns/$n)" ]; echo $n $?
      done
      c=/sys/fs/cgroup
      $b sort $c/devices/devices.list
      $b cat $c/memory/memory.limit_in_bytes $c/pids/pids.max $c/cpu/cpu.shares \
        $c/cpu/cpu.cfs_quota_us $c/cpuset/cpuset.cpus $c/cpuset/cpuset.mems
      for p in /proc/kcore /proc/keys /proc/timer_list /sys/firmware; do
        $b head -c 9 $p 2>&1; $b ls -A $p 2>&1
      done
      $b touch /x /tmp/y /data/z 2>&1; $b rm -f /x /tmp/y /data/z 2>&1; $b chown 1:1 /tmp 2>&1; $b mount -t tmpfs x /tmp 2>&1
      $b grep -o '_ses.*' /proc/keys 2>&1
      true
      """;

  private final LinuxSyscalls syscalls = new LinuxSyscalls();
  private ShimHost host;
  private ShimRunner runc;
  private HostLimits limits;
  private int network = -1;

  @BeforeEach
  void open() throws Exception {
    host = new ShimHost();
    runc = ShimHost.runner(host.directory, LauncherChoice.RUNC);
    limits = HostLimits.detect(syscalls);
    FutureTask<Integer> made =
        new FutureTask<>(
            () -> {
              syscalls.unshare(Constants.CLONE_NEWNET);
              return syscalls.open(Path.of("/proc/thread-self/ns/net"), Constants.O_RDONLY, 0);
            });
    Thread thread = Thread.ofPlatform().start(made);
    network = made.get();
    thread.join();
  }

  @AfterEach
  void close() throws Exception {
    if (network >= 0) {
      syscalls.close(network);
    }
    if (host != null) {
      host.close();
    }
  }

  @Test
  void generatedContainersLookTheSame() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < CASES; i++) {
      boolean terminal = random.nextInt(4) == 0;
      long seed = random.nextLong();
      String expected = run(runc, "r" + i, seed, terminal, false, PROBE);
      String actual = run(host.runner, "l" + i, seed, terminal, true, PROBE);
      assertTrue(expected.contains("NoNewPrivs"), expected);
      assertEquals(expected, actual, "case " + i + " of seed " + SEED);
    }
  }

  @Test
  void linksOfAnImageDoNotLeadOutOfIt() throws Exception {
    Path outside = Files.createDirectory(host.directory.resolve("outside"));
    Path root = host.directory.resolve("rootfs");
    for (String name : List.of("dev", "proc", "sys", "tmp", "data", "etc")) {
      Files.deleteIfExists(root.resolve(name));
      Files.createSymbolicLink(root.resolve(name), outside);
      startAnyway(host.runner, "h" + name);
      startAnyway(runc, "g" + name);
      try (var left = Files.list(outside)) {
        assertEquals(List.of(), left.toList(), name);
      }
      Files.delete(root.resolve(name));
      Files.createDirectory(root.resolve(name));
    }
  }

  @Test
  void aLinkInPlaceOfTheDeviceDirectoryIsRefusedWhoeverStarts() throws Exception {
    Path outside = Files.createDirectory(host.directory.resolve("outside"));
    Path devices = host.directory.resolve("rootfs/dev");
    Files.deleteIfExists(devices);
    Files.createSymbolicLink(devices, outside);
    for (ShimRunner runner : List.of(host.runner, runc)) {
      IOException refused =
          assertThrows(
              IOException.class, () -> runner.container(launch("dev", 1, false, "true")).close());
      assertTrue(String.valueOf(refused.getMessage()).contains("/dev"), refused.toString());
    }
  }

  private void startAnyway(ShimRunner runner, String id) throws Exception {
    try (PendingProcess pending = runner.container(launch(id, 1, false, "true"))) {
      RunningProcess process = pending.start();
      ended(process);
      process.release();
    } catch (StartException | IOException refused) {
      // As good.
    }
  }

  private String run(
      ShimRunner runner, String id, long seed, boolean terminal, boolean launched, String script)
      throws Exception {
    ContainerLaunch launch = launch(id, seed, terminal, script);
    try (PendingProcess pending = runner.container(launch);
        ProcessStreams streams = pending.attach(OUTPUT)) {
      RunningProcess process = pending.start();
      RunDirectory directory = new RunDirectory(launch.stateDirectory());
      byte[] output = streams.output().readAllBytes();
      ended(process);
      assertEquals(launched, Files.exists(directory.plan()), "left to runc");
      assertFalse(
          Files.exists(directory.launchFailure()),
          () -> "fell back to runc: " + LaunchFailure.read(directory));
      process.release();
      String text = terminal ? new String(output, UTF_8) : stream(1, output) + stream(2, output);
      return text.replace(launch.id(), "ID");
    }
  }

  private ContainerLaunch launch(String id, long seed, boolean terminal, String script)
      throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    String name = "diff" + id;
    Path bundle = Files.createDirectories(host.directory.resolve("b" + name));
    OciSpec spec = OciSpec.of(settings(random, name, terminal, script), limits);
    Files.write(bundle.resolve("config.json"), spec.bytes());
    return new ContainerLaunch(
        name,
        host.directory.resolve("s" + name),
        bundle,
        terminal,
        false,
        false,
        Optional.empty(),
        OptionalInt.of(network),
        Optional.empty());
  }

  private ContainerSettings settings(
      SplittableRandom random, String id, boolean terminal, String script) throws Exception {
    Path data = Files.createDirectories(host.directory.resolve("data"));
    List<MountPoint> mounts = new ArrayList<>();
    if (random.nextBoolean()) {
      mounts.add(MountPoint.bind(data.toString(), "/data", random.nextBoolean(), "rprivate"));
    }
    if (random.nextBoolean()) {
      mounts.add(
          MountPoint.tmpfs(
              "/tmp", random.nextBoolean() ? List.of() : List.of("size=65536", "exec")));
    }
    if (random.nextBoolean()) {
      mounts.add(MountPoint.bind("/etc/hostname", "/new/file", true, "rprivate"));
    }
    boolean user = random.nextBoolean();
    Path self = Path.of("/proc", Long.toString(ProcessHandle.current().pid()), "fd");
    return new ContainerSettings(
        new ProcessSettings(
            List.of("/bin/sh", "-c", script),
            List.of("PATH=/bin", "HOME=/root", "A=b c"),
            random.nextBoolean() ? "/" : "/work/deep",
            user ? new UserIds(1000, 50, List.of(7, 8)) : UserIds.ROOT,
            terminal,
            random.nextBoolean()
                ? Capabilities.DEFAULT
                : Capabilities.of(List.of("NET_ADMIN"), List.of("CHOWN", "MKNOD")),
            random.nextBoolean(),
            random.nextBoolean() ? List.of() : List.of(new Ulimit("nofile", 64, 128)),
            random.nextBoolean() ? 0 : 500),
        host.directory.resolve("rootfs"),
        random.nextInt(3) == 0,
        Optional.of("probe"),
        random.nextBoolean() ? Optional.of("example.org") : Optional.empty(),
        mounts,
        false,
        random.nextInt(3) == 0 ? new SeccompChoice.Unconfined() : new SeccompChoice.Default(),
        new Namespaces(
            new Namespace.Joined(self.resolve(Integer.toString(network))),
            new Namespace.Fresh(),
            new Namespace.Fresh(),
            new Namespace.Fresh(),
            new Namespace.Host()),
        random.nextBoolean() ? Limits.NONE : limited(),
        List.of(),
        random.nextBoolean() ? List.of() : List.of("c 10:229 rw"),
        Map.of(),
        ContainerSettings.SHM_BYTES,
        Optional.empty(),
        Optional.empty(),
        "/" + Bundles.CGROUP + "/" + id,
        Map.of());
  }

  private static Limits limited() {
    return new Limits(
        OptionalLong.of(64 << 20),
        OptionalLong.of(32 << 20),
        OptionalLong.empty(),
        OptionalLong.of(512),
        OptionalLong.of(50_000),
        OptionalLong.of(100_000),
        Optional.of("0"),
        Optional.empty(),
        OptionalLong.of(50),
        OptionalInt.empty(),
        false);
  }
}
