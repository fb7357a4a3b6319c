package io.metanode.containers.runtime;

import static io.metanode.containers.runtime.ShimHost.ended;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.runtime.ContainerLaunch.LogFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What shims write, read back. */
@Timeout(60)
final class ShimLogIT {

  private ShimHost host;
  private Path path;

  @BeforeEach
  void open() throws Exception {
    host = new ShimHost();
    path = Files.createDirectory(host.directory.resolve("logs")).resolve("log");
  }

  @AfterEach
  void close() throws Exception {
    if (host != null) {
      host.close();
    }
  }

  @Test
  void linesOfBothStreamsAreLoggedAndALineWithoutItsEnd() throws Exception {
    run(-1, 1, "sh", "-c", "echo one; echo two >&2; echo -n three");
    List<LogRecord> all = all(LogSelection.ALL);
    assertEquals("one\n", of(all, 1).getFirst());
    assertEquals(List.of("one\n", "three"), of(all, 1));
    assertEquals(List.of("two\n"), of(all, 2));
  }

  @Test
  void longLineIsLoggedInParts() throws Exception {
    run(-1, 1, "sh", "-c", "head -c 40000 /dev/zero; echo");
    List<LogRecord> all = all(LogSelection.ALL);
    assertEquals(List.of(16384, 16384, 7233), all.stream().map(r -> r.bytes().length).toList());
    assertEquals(List.of(true, true, false), all.stream().map(LogRecord::partial).toList());
  }

  @Test
  void rotationKeepsTheNewestWholeLines() throws Exception {
    run(10_000, 3, "seq", "1", "5000");
    for (int age = 0; age < 3; age++) {
      Path file = age == 0 ? path : path.resolveSibling("log." + age);
      assertTrue(Files.size(file) <= 10_000, file::toString);
    }
    assertTrue(Files.notExists(path.resolveSibling("log.3")));
    List<String> lines = of(all(LogSelection.ALL), 1);
    int first = Integer.parseInt(lines.getFirst().strip());
    for (int i = 0; i < lines.size(); i++) {
      assertEquals((first + i) + "\n", lines.get(i));
    }
    assertEquals("5000\n", lines.getLast());
    assertEquals(
        List.of("4999\n", "5000\n"),
        of(all(new LogSelection(Optional.empty(), Optional.empty(), OptionalLong.of(2))), 1));
  }

  @Test
  void tornTailIsCutBeforeTheNextRunWrites() throws Exception {
    run(-1, 1, "echo", "before");
    Files.write(path, new byte[] {0, 0, 0, 9, 1, 0, 0}, StandardOpenOption.APPEND);
    run(-1, 1, "echo", "after");
    assertEquals(List.of("before\n", "after\n"), of(all(LogSelection.ALL), 1));
  }

  @Test
  void followerGetsAllOfALogThatRotatesUnderIt() throws Exception {
    List<LogRecord> seen = new ArrayList<>();
    ContainerLaunch launch = launch(200_000, 20, "seq", "1", "50000");
    try (PendingProcess pending = host.runner.container(launch)) {
      RunningProcess process = pending.start();
      CompletableFuture<Void> follower =
          CompletableFuture.runAsync(
              () -> {
                try {
                  new ContainerLog(path).follow(LogSelection.ALL, process.exit(), seen::add);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      assertEquals(0, ended(process).exitCode());
      follower.get(20, TimeUnit.SECONDS);
      process.release();
    }
    assertEquals(50_000, seen.size());
    assertEquals("50000\n", new String(seen.getLast().bytes(), UTF_8));
  }

  private void run(long maxBytes, int maxFiles, String... arguments) throws Exception {
    try (PendingProcess pending = host.runner.container(launch(maxBytes, maxFiles, arguments))) {
      RunningProcess process = pending.start();
      assertEquals(0, ended(process).exitCode());
      process.release();
    }
  }

  private ContainerLaunch launch(long maxBytes, int maxFiles, String... arguments)
      throws Exception {
    return host.launch("", Optional.of(new LogFile(path, maxBytes, maxFiles)), arguments);
  }

  private List<LogRecord> all(LogSelection selection) throws Exception {
    List<LogRecord> records = new ArrayList<>();
    new ContainerLog(path).read(selection, records::add);
    return records;
  }

  private static List<String> of(List<LogRecord> records, int stream) {
    return records.stream()
        .filter(entry -> entry.stream() == stream)
        .map(entry -> new String(entry.bytes(), UTF_8))
        .toList();
  }
}
