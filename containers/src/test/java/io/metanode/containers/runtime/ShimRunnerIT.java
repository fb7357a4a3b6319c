package io.metanode.containers.runtime;

import static io.metanode.containers.runtime.ShimHost.ALL;
import static io.metanode.containers.runtime.ShimHost.OUTPUT;
import static io.metanode.containers.runtime.ShimHost.ended;
import static io.metanode.containers.runtime.ShimHost.readUntil;
import static io.metanode.containers.runtime.ShimHost.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** Containers of busybox under runc, through the faces the engine uses. */
@Timeout(60)
final class ShimRunnerIT {

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
  void clientAttachedBeforeTheStartGetsEveryByteFramed() throws Exception {
    ContainerLaunch launch = host.launch("", "sh", "-c", "echo out; echo err >&2; exit 42");
    try (PendingProcess pending = host.runner.container(launch);
        ProcessStreams streams = pending.attach(OUTPUT)) {
      RunningProcess process = pending.start();
      byte[] framed = streams.output().readAllBytes();
      assertEquals("out\n", stream(1, framed));
      assertEquals("err\n", stream(2, framed));
      assertEquals(42, ended(process).exitCode());
      process.release();
      assertFalse(Files.exists(launch.stateDirectory()));
    }
  }

  @Test
  void clientGetsOnlyTheStreamsItAskedFor() throws Exception {
    ContainerLaunch launch = host.launch("", "sh", "-c", "echo out; echo err >&2; echo out2");
    try (PendingProcess pending = host.runner.container(launch);
        ProcessStreams streams = pending.attach(new StreamSelection(false, false, true))) {
      RunningProcess process = pending.start();
      byte[] framed = streams.output().readAllBytes();
      assertEquals("", stream(1, framed));
      assertEquals("err\n", stream(2, framed));
      ended(process);
      process.release();
    }
  }

  @Test
  void signalEndsTheProcessWithItsNumber() throws Exception {
    RunningProcess process = start(host.launch("", "sleep", "100"));
    assertTrue(Files.exists(Path.of("/proc/" + process.pid())));
    process.signal(9);
    assertEquals(137, ended(process).exitCode());
    process.release();
  }

  @Test
  void stdinReachesTheProcessAndEndsWithItsOnlyClient() throws Exception {
    ContainerLaunch launch = host.launch("i1", "cat");
    try (PendingProcess pending = host.runner.container(launch);
        ProcessStreams streams = pending.attach(ALL)) {
      RunningProcess process = pending.start();
      try (OutputStream input = streams.input()) {
        input.write("through the cat\n".getBytes(UTF_8));
      }
      assertEquals("through the cat\n", stream(1, streams.output().readAllBytes()));
      assertEquals(0, ended(process).exitCode());
      process.release();
    }
  }

  @Test
  void stdinHeldOpenOutlivesAClient() throws Exception {
    RunningProcess process = start(host.launch("i", "sh", "-c", "read a; read b; echo $a$b"));
    try (ProcessStreams first = process.attach(ALL)) {
      first.input().write("x\n".getBytes(UTF_8));
      first.input().close();
    }
    try (ProcessStreams second = process.attach(ALL)) {
      second.input().write("y\n".getBytes(UTF_8));
      assertEquals("xy\n", stream(1, second.output().readAllBytes()));
    }
    ended(process);
    process.release();
  }

  @Test
  void withoutStdinTheProcessReadsNothing() throws Exception {
    RunningProcess process = start(host.launch("", "cat"));
    assertEquals(0, ended(process).exitCode());
    process.release();
  }

  @Test
  void terminalHasItsSizeFromItsFirstMomentOn() throws Exception {
    ContainerLaunch launch = host.launch("t", "stty", "size");
    try (PendingProcess pending = host.runner.container(launch);
        ProcessStreams streams = pending.attach(OUTPUT)) {
      pending.resize(57, 123);
      RunningProcess process = pending.start();
      assertEquals("57 123\r\n", new String(streams.output().readAllBytes(), UTF_8));
      ended(process);
      process.release();
    }
  }

  @Test
  void terminalCarriesRawBytesAndItsSize() throws Exception {
    ContainerLaunch launch = host.launch("it", "sh", "-c", "read x; stty size; tty");
    try (PendingProcess pending = host.runner.container(launch);
        ProcessStreams streams = pending.attach(ALL)) {
      RunningProcess process = pending.start();
      process.resize(33, 101);
      streams.input().write("go\n".getBytes(UTF_8));
      String output = new String(streams.output().readAllBytes(), UTF_8);
      assertEquals("go\r\n33 101\r\n/dev/pts/0\r\n", output);
      assertEquals(0, ended(process).exitCode());
      process.release();
    }
  }

  @Test
  void outputOfTenMegabytesIsWholeForASlowReader() throws Exception {
    ContainerLaunch launch = host.launch("", "seq", "1", "1500000");
    try (PendingProcess pending = host.runner.container(launch);
        ProcessStreams streams = pending.attach(OUTPUT)) {
      RunningProcess process = pending.start();
      InputStream output = streams.output();
      byte[] first = output.readNBytes(100_000);
      assertFalse(process.exit().isDone(), "held back by the reader");
      byte[] rest = output.readAllBytes();
      byte[] all = Arrays.copyOf(first, first.length + rest.length);
      System.arraycopy(rest, 0, all, first.length, rest.length);
      StringBuilder expected = new StringBuilder();
      for (int i = 1; i <= 1_500_000; i++) {
        expected.append(i).append('\n');
      }
      assertTrue(expected.toString().equals(stream(1, all)));
      assertEquals(0, ended(process).exitCode());
      process.release();
    }
  }

  /**
   * More than a socket's buffer takes, less than it and a pipe: in large pieces, as the kernel
   * counts what it keeps for each piece as well.
   */
  @Test
  void endIsReportedWhileAReaderIsStuckAndItLosesNothing() throws Exception {
    ContainerLaunch launch =
        host.launch("", "sh", "-c", "dd if=/dev/zero bs=32768 count=7 2>/dev/null");
    try (PendingProcess pending = host.runner.container(launch);
        ProcessStreams streams = pending.attach(OUTPUT)) {
      RunningProcess process = pending.start();
      assertEquals(0, ended(process).exitCode());
      assertEquals(7 * 32_768, stream(1, streams.output().readAllBytes()).length());
      process.release();
    }
  }

  @Test
  void execRunsBesideTheFirstProcess() throws Exception {
    ContainerLaunch launch = host.launch("", "sleep", "100");
    RunningProcess container = start(launch);
    ExecLaunch exec = exec(launch, "e1", true, "sh", "-c", "cat; exit 3");
    try (PendingProcess pending = host.runner.exec(exec);
        ProcessStreams streams = pending.attach(ALL)) {
      RunningProcess process = pending.start();
      streams.input().write("hello".getBytes(UTF_8));
      streams.input().close();
      assertEquals("hello", stream(1, streams.output().readAllBytes()));
      assertEquals(3, ended(process).exitCode());
      process.release();
      assertFalse(container.exit().isDone());
    }
    container.signal(9);
    ended(container);
    container.release();
  }

  @Test
  void execEndsThoughABackgroundChildHoldsItsOutput() throws Exception {
    ContainerLaunch launch = host.launch("", "sleep", "100");
    RunningProcess container = start(launch);
    ExecLaunch exec = exec(launch, "e2", false, "sh", "-c", "sleep 50 & echo started");
    try (PendingProcess pending = host.runner.exec(exec);
        ProcessStreams streams = pending.attach(OUTPUT)) {
      RunningProcess process = pending.start();
      assertEquals("started\n", stream(1, streams.output().readAllBytes()));
      assertEquals(0, ended(process).exitCode());
      process.release();
    }
    container.signal(9);
    ended(container);
    container.release();
  }

  @Test
  void programThatIsMissingGives127InDockersWords() throws Exception {
    StartException e = failure(host.launch("", "nope"));
    assertEquals(127, e.exitCode());
    assertEquals(
        "failed to create task for container: failed to create shim task: OCI runtime create"
            + " failed: runc create failed: unable to start container process: exec: \"nope\":"
            + " executable file not found in $PATH: unknown",
        e.getMessage());
  }

  @Test
  void programThatCannotBeExecutedGives126() throws Exception {
    assertEquals(126, failure(host.launch("", "/plain")).exitCode());
    assertEquals(126, failure(host.launch("", "/tmp")).exitCode());
  }

  @Test
  void execOfAMissingProgramLeavesTheContainerAlone() throws Exception {
    ContainerLaunch launch = host.launch("", "sleep", "100");
    RunningProcess container = start(launch);
    try (PendingProcess pending = host.runner.exec(exec(launch, "e3", false, "nope"))) {
      StartException e = assertThrows(StartException.class, pending::start);
      assertEquals(127, e.exitCode());
      assertEquals(
          "OCI runtime exec failed: exec failed: unable to start container process: exec: \"nope\":"
              + " executable file not found in $PATH: unknown",
          e.getMessage());
    }
    assertFalse(container.exit().isDone());
    container.signal(9);
    ended(container);
    container.release();
  }

  @Test
  void pendingProcessClosedUnstartedLeavesNothing() throws Exception {
    ContainerLaunch launch = host.launch("", "true");
    host.runner.container(launch).close();
    assertFalse(Files.exists(launch.stateDirectory()));
  }

  @Test
  void shimHoldsLittleMemory() throws Exception {
    RunningProcess process = start(host.launch("", "sleep", "100"));
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String shim = stat.substring(stat.lastIndexOf(')') + 4).split(" ", 2)[0];
    long kilobytes =
        Files.readAllLines(Path.of("/proc/" + shim + "/smaps_rollup")).stream()
            .filter(line -> line.startsWith("Pss:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum();
    System.out.println("shim PSS: " + kilobytes + " kB");
    assertEquals("metanode-shim", Files.readString(Path.of("/proc/" + shim + "/comm")).strip());
    assertTrue(kilobytes <= 400, () -> "PSS of a lone shim is " + kilobytes + " kB");
    process.signal(9);
    ended(process);
    process.release();
  }

  @Test
  void attachedClientSeesOutputAsItHappens() throws Exception {
    RunningProcess process = start(host.launch("i", "sh", "-c", "while read l; do echo $l; done"));
    try (ProcessStreams streams = process.attach(ALL)) {
      for (String line : List.of("one", "two")) {
        streams.input().write((line + "\n").getBytes(UTF_8));
        assertTrue(readUntil(streams.output(), line + "\n").endsWith(line + "\n"));
      }
    }
    process.signal(9);
    ended(process);
    process.release();
  }

  private RunningProcess start(ContainerLaunch launch) throws Exception {
    try (PendingProcess pending = host.runner.container(launch)) {
      return pending.start();
    }
  }

  private StartException failure(ContainerLaunch launch) throws Exception {
    try (PendingProcess pending = host.runner.container(launch)) {
      return assertThrows(StartException.class, pending::start);
    }
  }

  private ExecLaunch exec(
      ContainerLaunch container, String name, boolean stdin, String... arguments) throws Exception {
    Path process = host.directory.resolve(name + ".json");
    JsonMapper.builder()
        .build()
        .writeValue(process.toFile(), Bundles.process(false, List.of(arguments)));
    return new ExecLaunch(
        container.id(), host.directory.resolve(name), container.bundle(), process, false, stdin);
  }
}
