package io.metanode.containers.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class ContainerLogIT {

  @TempDir Path directory;

  @Test
  void recordsComeBackWithTimeStreamAndBytes() throws IOException {
    append("log", record(5_000_000_001L, 1, false, "out\n"));
    append("log", record(6_000_000_000L, 2, true, "err"));
    List<LogRecord> all = all(LogSelection.ALL);
    assertEquals(2, all.size());
    assertEquals(Instant.ofEpochSecond(5, 1), all.get(0).time());
    assertEquals(1, all.get(0).stream());
    assertEquals("out\n", new String(all.get(0).bytes(), UTF_8));
    assertTrue(all.get(1).partial());
    assertEquals(2, all.get(1).stream());
  }

  @Test
  void timesSelect() throws IOException {
    for (int second = 1; second <= 5; second++) {
      append("log", record(second * 1_000_000_000L, 1, false, second + "\n"));
    }
    LogSelection middle =
        new LogSelection(
            Optional.of(Instant.ofEpochSecond(2)),
            Optional.of(Instant.ofEpochSecond(4)),
            OptionalLong.empty());
    assertEquals("2\n3\n4\n", text(middle));
  }

  @Test
  void lastLinesReachBackOverRotatedFilesAndParts() throws IOException {
    append("log.2", line("a"));
    append("log.1", line("b"), record(1, 1, true, "long"), record(1, 1, false, "er\n"));
    append("log", line("d"), line("e"));
    assertEquals("e\n", text(last(1)));
    assertEquals("longer\nd\ne\n", text(last(3)));
    assertEquals("a\nb\nlonger\nd\ne\n", text(last(5)));
    assertEquals("a\nb\nlonger\nd\ne\n", text(last(500)));
    assertEquals("", text(last(0)));
  }

  @Test
  void manyLastLinesOfALargeFileAreExact() throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (int i = 0; i < 20_000; i++) {
      lines.write(line(Integer.toString(i)));
    }
    append("log", lines.toByteArray());
    List<LogRecord> found = all(last(15_000));
    assertEquals(15_000, found.size());
    assertEquals("5000\n", new String(found.getFirst().bytes(), UTF_8));
  }

  @Test
  void tornTailEndsTheLogAndHidesNothingBefore() throws IOException {
    byte[] torn = line("torn");
    for (int kept = 1; kept < torn.length; kept++) {
      Files.deleteIfExists(directory.resolve("log"));
      append("log", line("one"), line("two"), Arrays.copyOf(torn, kept));
      assertEquals("one\ntwo\n", text(LogSelection.ALL));
      assertEquals("two\n", text(last(1)));
    }
  }

  @Test
  void missingLogIsEmpty() throws IOException {
    assertEquals("", text(LogSelection.ALL));
    assertEquals("", text(last(10)));
  }

  @Test
  void followerSeesWhatIsAppendedAcrossRotationUntilTheEnd() throws Exception {
    append("log", line("one"));
    CompletableFuture<Void> ended = new CompletableFuture<>();
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    CompletableFuture<Void> follower =
        CompletableFuture.runAsync(
            () -> {
              try {
                new ContainerLog(directory.resolve("log"))
                    .follow(
                        LogSelection.ALL,
                        ended,
                        entry -> seen.add(new String(entry.bytes(), UTF_8)));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertEquals("one\n", seen.poll(10, TimeUnit.SECONDS));
    append("log", line("two"));
    Files.move(
        directory.resolve("log"), directory.resolve("log.1"), StandardCopyOption.ATOMIC_MOVE);
    append("log", line("three"));
    assertEquals("two\n", seen.poll(10, TimeUnit.SECONDS));
    assertEquals("three\n", seen.poll(10, TimeUnit.SECONDS));
    assertFalse(follower.isDone());
    append("log", line("four"));
    ended.complete(null);
    follower.get(10, TimeUnit.SECONDS);
    assertEquals(List.of("four\n"), List.copyOf(seen));
  }

  @Test
  void readingEndsWhereTheLogEndedWhenItBegan() throws IOException {
    append("log.1", line("one"));
    append("log", line("two"), line("three"));
    for (LogSelection selection : List.of(LogSelection.ALL, last(2))) {
      List<String> seen = new ArrayList<>();
      new ContainerLog(directory.resolve("log"))
          .read(
              selection,
              entry -> {
                seen.add(new String(entry.bytes(), UTF_8));
                append("log", line("more"));
              });
      assertEquals(selection.equals(LogSelection.ALL) ? 3 : 2, seen.size(), seen.toString());
    }
  }

  @Test
  void removedLogLeavesNoFile() throws IOException {
    append("log", line("a"));
    append("log.1", line("b"));
    append("log.2", line("c"));
    new ContainerLog(directory.resolve("log")).remove();
    try (var files = Files.list(directory)) {
      assertEquals(0, files.count());
    }
  }

  private static LogSelection last(long lines) {
    return new LogSelection(Optional.empty(), Optional.empty(), OptionalLong.of(lines));
  }

  private String text(LogSelection selection) throws IOException {
    StringBuilder text = new StringBuilder();
    all(selection).forEach(entry -> text.append(new String(entry.bytes(), UTF_8)));
    return text.toString();
  }

  private List<LogRecord> all(LogSelection selection) throws IOException {
    List<LogRecord> records = new ArrayList<>();
    new ContainerLog(directory.resolve("log")).read(selection, records::add);
    return records;
  }

  private void append(String file, byte[]... records) throws IOException {
    for (byte[] bytes : records) {
      Files.write(
          directory.resolve(file), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  private static byte[] line(String text) throws IOException {
    return record(1, 1, false, text + "\n");
  }

  private static byte[] record(long nanos, int stream, boolean partial, String text)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream output = new DataOutputStream(bytes)) {
      byte[] content = text.getBytes(UTF_8);
      output.writeInt(content.length);
      output.writeByte(stream);
      output.writeByte(partial ? 1 : 0);
      output.writeShort(0);
      output.writeLong(nanos);
      output.write(content);
      output.writeInt(content.length);
    }
    return bytes.toByteArray();
  }
}
