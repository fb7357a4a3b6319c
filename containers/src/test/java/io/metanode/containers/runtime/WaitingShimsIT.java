package io.metanode.containers.runtime;

import static io.metanode.containers.runtime.ShimHost.OUTPUT;
import static io.metanode.containers.runtime.ShimHost.ended;
import static io.metanode.containers.runtime.ShimHost.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.LauncherChoice;
import io.metanode.containers.launch.Launcher;
import io.metanode.containers.runtime.ContainerLaunch.LogFile;
import io.metanode.containers.sys.LinuxSyscalls;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.SystemClock;
import io.metanode.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Shims that wait for containers. */
@Timeout(60)
final class WaitingShimsIT {

  private static final int AHEAD = 2;

  private final Syscalls syscalls = new LinuxSyscalls();
  private ShimHost host;
  private Launcher launcher;
  private ShimRunner runner;

  @BeforeEach
  void open() throws Exception {
    host = new ShimHost();
    launcher = Launcher.open(syscalls, NativeProgram.SHIM.install(host.directory.resolve("bin")));
    runner =
        new ShimRunner(
            syscalls,
            SystemClock.INSTANCE,
            launcher,
            new Runc(Path.of("/usr/sbin/runc"), host.directory.resolve("runc")),
            LauncherChoice.AUTO,
            AHEAD,
            Runnable::run);
    awaitWaiting(AHEAD);
  }

  @AfterEach
  void close() throws Exception {
    if (runner != null) {
      runner.close();
      awaitWaiting(0);
    }
    if (host != null) {
      host.close();
    }
  }

  /** Shims of this test's own program that wait. */
  private Set<Long> waiting() {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> commandLine(pid).startsWith("metanode-shim\0--await\0") && isOurs(pid))
        .collect(Collectors.toSet());
  }

  private boolean isOurs(long pid) {
    try {
      return Files.getAttribute(Path.of("/proc/" + pid + "/exe"), "unix:ino")
          .equals(Files.getAttribute(launcher.shim(), "unix:ino"));
    } catch (IOException gone) {
      return false;
    }
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline"), UTF_8);
    } catch (IOException gone) {
      return "";
    }
  }

  private void awaitWaiting(int wanted) throws Exception {
    Eventually.equal("shims that wait", wanted, () -> waiting().size());
  }

  private String output(ContainerLaunch launch) throws Exception {
    try (PendingProcess pending = runner.container(launch);
        ProcessStreams streams = pending.attach(OUTPUT)) {
      RunningProcess process = pending.start();
      String output = stream(1, streams.output().readAllBytes());
      assertEquals(0, ended(process).exitCode());
      process.release();
      assertFalse(Files.exists(launch.stateDirectory()));
      return output;
    }
  }

  @Test
  void oneThatWaitedHoldsTheContainerAndSaysSo() throws Exception {
    Set<Long> before = waiting();
    ContainerLaunch launch = host.launch("", "sleep", "100");
    try (PendingProcess pending = runner.container(launch)) {
      RunningProcess process = pending.start();
      long shim = LauncherFailureIT.parentOf(process.pid());
      assertTrue(before.contains(shim));
      String expected = "metanode-shim\0--state\0" + launch.stateDirectory() + "\0";
      assertTrue(commandLine(shim).startsWith(expected), commandLine(shim));
      process.signal(9);
      assertEquals(137, ended(process).exitCode());
      process.release();
    }
    awaitWaiting(AHEAD);
  }

  @Test
  void moreStartsThanWaitGetShimsOfTheirOwn() throws Exception {
    for (int i = 0; i < 3 * AHEAD; i++) {
      assertEquals("out" + i + "\n", output(host.launch("", "echo", "out" + i)));
    }
  }

  @Test
  void oneThatWasKilledIsPassedOver() throws Exception {
    for (long pid : waiting()) {
      syscalls.kill((int) pid, 9);
    }
    awaitWaiting(0);
    assertEquals("out\n", output(host.launch("", "echo", "out")));
    awaitWaiting(AHEAD);
  }

  @Test
  void aCommandLineThatIsTooLongGetsAShimOfItsOwn() throws Exception {
    Path log = host.directory;
    while (log.toString().length() < WaitingShims.ROOM) {
      log = log.resolve("d".repeat(250));
    }
    Files.createDirectories(log);
    LogFile file = new LogFile(log.resolve("log"), -1, 1);
    assertEquals("out\n", output(host.launch("", Optional.of(file), "echo", "out")));
    assertTrue(Files.size(file.path()) > 0);
    awaitWaiting(AHEAD);
  }
}
