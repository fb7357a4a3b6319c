package io.metanode.containers.runtime;

import static io.metanode.containers.runtime.ShimHost.ALL;
import static io.metanode.containers.runtime.ShimHost.OUTPUT;
import static io.metanode.containers.runtime.ShimHost.ended;
import static io.metanode.containers.runtime.ShimHost.readUntil;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.runtime.ContainerLaunch.LogFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Containers started by an engine that is then killed with SIGKILL. */
@Timeout(60)
final class ReattachIT {

  private ShimHost host;

  @BeforeEach
  void open() throws Exception {
    host = new ShimHost();
  }

  @AfterEach
  void close() throws Exception {
    if (host != null) {
      host.close();
    }
  }

  @Test
  void containerGoesOnAndIsFoundAgain() throws Exception {
    Path log = host.directory.resolve("log");
    ContainerLaunch launch =
        host.launch(
            "i",
            Optional.of(new LogFile(log, -1, 1)),
            "sh",
            "-c",
            "echo ready; while read l; do echo got $l; done; exit 9");
    startAndDie(launch, "ready\n");
    RunningProcess process = host.runner.reattach(launch.stateDirectory()).orElseThrow();
    assertTrue(Files.exists(Path.of("/proc/" + process.pid())));
    try (ProcessStreams streams = process.attach(ALL)) {
      streams.input().write("x\n".getBytes(UTF_8));
      readUntil(streams.output(), "got x\n");
    }
    process.signal(9);
    assertEquals(137, ended(process).exitCode());
    List<String> lines = new ArrayList<>();
    new ContainerLog(log)
        .read(LogSelection.ALL, entry -> lines.add(new String(entry.bytes(), UTF_8)));
    assertEquals(List.of("ready\n", "got x\n"), lines);
    process.release();
    assertFalse(Files.exists(launch.stateDirectory()));
    assertTrue(host.runner.reattach(launch.stateDirectory()).isEmpty());
  }

  @Test
  void endWhileNoEngineRunsIsOnRecord() throws Exception {
    ContainerLaunch launch = host.launch("", "sh", "-c", "echo ready; sleep 1; exit 5");
    Path exit = launch.stateDirectory().resolve("exit");
    startAndDie(launch, "ready\n");
    awaitFile(launch.stateDirectory(), exit);
    RunningProcess process = host.runner.reattach(launch.stateDirectory()).orElseThrow();
    assertEquals(5, ended(process).exitCode());
    process.signal(9);
    process.release();
    assertFalse(Files.exists(launch.stateDirectory()));
  }

  @Test
  void terminalIsFoundAgain() throws Exception {
    ContainerLaunch launch = host.launch("it", "sh", "-c", "echo ready; read x; stty size");
    startAndDie(launch, "ready\r\n");
    RunningProcess process = host.runner.reattach(launch.stateDirectory()).orElseThrow();
    process.resize(20, 70);
    try (ProcessStreams streams = process.attach(ALL)) {
      streams.input().write("\n".getBytes(UTF_8));
      readUntil(streams.output(), "20 70\r\n");
    }
    assertEquals(0, ended(process).exitCode());
    process.release();
  }

  @Test
  void runThatNeverWasIsNotFound() throws Exception {
    assertTrue(host.runner.reattach(host.directory.resolve("nowhere")).isEmpty());
    ContainerLaunch launch = host.launch("", "true");
    PendingProcess abandoned = host.runner.container(launch);
    assertNotNull(abandoned);
    abandoned.close();
    assertTrue(host.runner.reattach(launch.stateDirectory()).isEmpty());
  }

  @Test
  void egressIsReadAtTheEnd() throws Exception {
    Path counter = Files.writeString(host.directory.resolve("tx_bytes"), "4242\n");
    ContainerLaunch plain = host.launch("", "true");
    ContainerLaunch launch =
        new ContainerLaunch(
            plain.id(),
            plain.stateDirectory(),
            plain.bundle(),
            false,
            false,
            false,
            Optional.empty(),
            OptionalInt.empty(),
            List.of(counter));
    try (PendingProcess pending = host.runner.container(launch)) {
      RunningProcess process = pending.start();
      assertEquals(4242, ended(process).egressBytes().orElseThrow());
      process.release();
    }
  }

  @Test
  void egressIsAddedUpOverTheLinksThereAreAndThoseThatAreGone() throws Exception {
    Path first = Files.writeString(host.directory.resolve("first"), "40\n");
    Path second = Files.writeString(host.directory.resolve("second"), "2\n");
    ContainerLaunch plain = host.launch("", "true");
    ContainerLaunch launch =
        new ContainerLaunch(
            plain.id(),
            plain.stateDirectory(),
            plain.bundle(),
            false,
            false,
            false,
            Optional.empty(),
            OptionalInt.empty(),
            List.of(first, second));
    try (PendingProcess pending = host.runner.container(launch)) {
      RunningProcess process = pending.start();
      assertEquals(42, ended(process).egressBytes().orElseThrow());
      process.release();
    }
  }

  @Test
  void egressIsOfTheLinksThatThereAreInTheEnd() throws Exception {
    Path counter = Files.writeString(host.directory.resolve("third"), "7\n");
    try (PendingProcess pending = host.runner.container(host.launch("", "sleep", "1000"))) {
      RunningProcess process = pending.start();
      process.countEgress(1000, List.of(host.directory.resolve("nowhere")));
      process.countEgress(1000, List.of(counter));
      process.signal(9);
      assertEquals(1007, ended(process).egressBytes().orElseThrow());
      process.release();
    }
  }

  /** Another JVM starts it, attaches, sees it ready, and is killed. */
  private void startAndDie(ContainerLaunch launch, String ready) throws Exception {
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Doomed.class.getName(),
            host.directory.toString(),
            launch.id(),
            launch.stateDirectory().toString(),
            launch.bundle().toString(),
            (launch.terminal() ? "t" : "") + (launch.openStdin() ? "i" : ""),
            launch.log().map(file -> file.path().toString()).orElse(""),
            ready);
    Process engine =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader output = engine.inputReader(UTF_8)) {
      assertEquals("up", output.readLine());
      new ProcessBuilder("/bin/kill", "-9", Long.toString(engine.pid())).start().waitFor();
      assertEquals(137, engine.waitFor());
    }
  }

  private static void awaitFile(Path directory, Path file)
      throws IOException, InterruptedException {
    try (WatchService watch = directory.getFileSystem().newWatchService()) {
      directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      while (Files.notExists(file)) {
        WatchKey key = watch.poll(20, TimeUnit.SECONDS);
        assertNotNull(key, () -> "no " + file);
        key.reset();
      }
    }
  }

  /** The engine that is killed. */
  static final class Doomed {

    private Doomed() {}

    public static void main(String[] arguments) throws Exception {
      ContainerLaunch launch =
          new ContainerLaunch(
              arguments[1],
              Path.of(arguments[2]),
              Path.of(arguments[3]),
              arguments[4].contains("t"),
              arguments[4].contains("i"),
              false,
              arguments[5].isEmpty()
                  ? Optional.empty()
                  : Optional.of(new LogFile(Path.of(arguments[5]), -1, 1)),
              OptionalInt.empty(),
              List.of());
      try (PendingProcess pending = ShimHost.runner(Path.of(arguments[0])).container(launch);
          ProcessStreams streams = pending.attach(OUTPUT)) {
        RunningProcess process = pending.start();
        readUntil(streams.output(), arguments[6]);
        System.out.println("up");
        process.exit().join();
      }
    }
  }
}
