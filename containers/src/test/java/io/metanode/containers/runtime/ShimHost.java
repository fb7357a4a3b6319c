package io.metanode.containers.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.containers.LauncherChoice;
import io.metanode.containers.cgroup.LinuxCgroups;
import io.metanode.containers.launch.Launcher;
import io.metanode.containers.runtime.ContainerLaunch.LogFile;
import io.metanode.containers.sys.LinuxSyscalls;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.SystemClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a test needs to run containers: a directory, bundles, a runner. Cleans up on close. */
final class ShimHost implements AutoCloseable {

  static final StreamSelection OUTPUT = new StreamSelection(false, true, true);
  static final StreamSelection ALL = new StreamSelection(true, true, true);
  static final long PATIENCE_SECONDS = 30;

  final Path directory;
  final Bundles bundles;
  final ShimRunner runner;
  private final Path runcRoot;
  private int next;

  ShimHost() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/runc")), "needs runc");
    assumeTrue(Files.isExecutable(Bundles.BUSYBOX), "needs busybox-static");
    directory = Files.createTempDirectory(Path.of("/tmp"), "shim");
    bundles = new Bundles(directory);
    runcRoot = directory.resolve("runc");
    runner = runner(directory);
  }

  static ShimRunner runner(Path directory) throws IOException {
    return runner(directory, LauncherChoice.AUTO);
  }

  static ShimRunner runner(Path directory, LauncherChoice choice) throws IOException {
    return runner(directory, choice, 0);
  }

  static ShimRunner runner(Path directory, LauncherChoice choice, int ahead) throws IOException {
    Syscalls syscalls = new LinuxSyscalls();
    return new ShimRunner(
        syscalls,
        SystemClock.INSTANCE,
        Launcher.open(syscalls, NativeProgram.SHIM.install(directory.resolve("bin"))),
        new Runc(Path.of("/usr/sbin/runc"), directory.resolve("runc")),
        choice,
        ahead,
        Runnable::run);
  }

  /**
   * A launch of {@code arguments} with the stdin and terminal the flags {@code i} and {@code t} ask
   * for.
   */
  ContainerLaunch launch(String flags, String... arguments) throws IOException {
    return launch(flags, Optional.empty(), arguments);
  }

  ContainerLaunch launch(String flags, Optional<LogFile> log, String... arguments)
      throws IOException {
    String id =
        HexFormat.of().toHexDigits(ProcessHandle.current().pid()) + "x" + Integer.toString(next++);
    boolean terminal = flags.contains("t");
    return new ContainerLaunch(
        id,
        directory.resolve("s" + id),
        bundles.bundle(directory.resolve("b" + id), id, terminal, List.of(arguments)),
        terminal,
        flags.contains("i"),
        flags.contains("1"),
        log,
        OptionalInt.empty(),
        List.of());
  }

  static ProcessExit ended(RunningProcess process) throws Exception {
    return process.exit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** The bytes of one stream out of Docker's frames. */
  static String stream(int number, byte[] framed) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataInputStream frames = new DataInputStream(new ByteArrayInputStream(framed))) {
      while (true) {
        int header = frames.readInt();
        byte[] content = new byte[frames.readInt()];
        frames.readFully(content);
        if (header >>> 24 == number) {
          bytes.write(content);
        }
      }
    } catch (EOFException end) {
      return bytes.toString(UTF_8);
    }
  }

  /** Reads until {@code text} has been seen and returns all that was read. */
  static String readUntil(InputStream input, String text) throws IOException {
    StringBuilder seen = new StringBuilder();
    byte[] buffer = new byte[4096];
    while (seen.indexOf(text) < 0) {
      int count = input.read(buffer);
      if (count < 0) {
        throw new EOFException("ended before \"" + text + "\": " + seen);
      }
      seen.append(new String(buffer, 0, count, UTF_8));
    }
    return seen.toString();
  }

  @Override
  public void close() throws IOException {
    if (Files.isDirectory(runcRoot)) {
      try (Stream<Path> left = Files.list(runcRoot)) {
        for (Path state : left.toList()) {
          runc("delete", "-f", state.getFileName().toString());
        }
      }
    }
    RunDirectory.removeTree(directory);
    LinuxCgroups.detect(new LinuxSyscalls(), Bundles.CGROUP).removeAll();
  }

  private void runc(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("/usr/sbin/runc", "--root", runcRoot.toString()));
    command.addAll(List.of(arguments));
    try {
      new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
