package io.metanode.containers.runtime;

import static io.metanode.containers.runtime.ShimHost.OUTPUT;
import static io.metanode.containers.runtime.ShimHost.ended;
import static io.metanode.containers.runtime.ShimHost.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
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
      $b cat /sys/class/net/lo/flags; $b ls /sys/class/net
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
      $b touch /x /tmp/y /data/z 2>&1; $b rm -f /x /tmp/y /data/z 2>&1; $b chown 1:1 /tmp 2>&1; $b chown 0:0 /tmp 2>&1; $b mount -t tmpfs x /tmp 2>&1
      $b grep -o '_ses.*' /proc/keys 2>&1
      true
      """;

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

  @Test
  void generatedContainersLookTheSame() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < CASES; i++) {
      boolean terminal = random.nextInt(4) == 0;
      long seed = random.nextLong();
      String expected = run(made.runc, "r" + i, seed, terminal, false, PROBE);
      String actual = run(made.launcher, "l" + i, seed, terminal, true, PROBE);
      assertTrue(expected.contains("NoNewPrivs"), expected);
      assertEquals(expected, actual, "case " + i + " of seed " + SEED);
    }
  }

  @Test
  void linksOfAnImageDoNotLeadOutOfIt() throws Exception {
    Path outside = Files.createDirectory(made.host.directory.resolve("outside"));
    Path root = made.root();
    for (String name : List.of("dev", "proc", "sys", "tmp", "data", "etc")) {
      Files.deleteIfExists(root.resolve(name));
      Files.createSymbolicLink(root.resolve(name), outside);
      startAnyway(made.launcher, "h" + name);
      startAnyway(made.runc, "g" + name);
      try (var left = Files.list(outside)) {
        assertEquals(List.of(), left.toList(), name);
      }
      Files.delete(root.resolve(name));
      Files.createDirectory(root.resolve(name));
    }
  }

  @Test
  void aLinkInPlaceOfTheDeviceDirectoryIsRefusedWhoeverStarts() throws Exception {
    Path outside = Files.createDirectory(made.host.directory.resolve("outside"));
    Path devices = made.root().resolve("dev");
    Files.deleteIfExists(devices);
    Files.createSymbolicLink(devices, outside);
    for (ShimRunner runner : List.of(made.launcher, made.runc)) {
      IOException refused =
          assertThrows(
              IOException.class,
              () -> runner.container(made.launch("dev", 1, false, "true")).close());
      assertTrue(String.valueOf(refused.getMessage()).contains("/dev"), refused.toString());
    }
  }

  private void startAnyway(ShimRunner runner, String id) throws Exception {
    try (PendingProcess pending = runner.container(made.launch(id, 1, false, "true"))) {
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
    ContainerLaunch launch = made.launch(id, seed, terminal, script);
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
}
