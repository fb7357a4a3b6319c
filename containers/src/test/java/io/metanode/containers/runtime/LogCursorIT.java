package io.metanode.containers.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last lines are exact although the log is rotated at any moment of the way back. */
final class LogCursorIT {

  private static final int FILES = 4;
  private static final int LINES = 3;
  private static final int WANTED = 8;

  @TempDir Path directory;
  private int run;

  private interface Step {
    void take() throws IOException;
  }

  /** Files that are rotated while they are looked for, a step or all of it before a look. */
  private static final class Rotating implements LogPlaces {

    private final RotatedFiles files;
    private final Deque<Step> steps = new ArrayDeque<>();
    private final int begin;
    private final boolean atOnce;
    private int looks;

    Rotating(RotatedFiles files, int begin, boolean atOnce, int rotations) {
      this.files = files;
      this.begin = begin;
      this.atOnce = atOnce;
      int written = FILES * LINES;
      for (int i = 0; i < rotations; i++) {
        int line = written + i;
        for (int age = FILES - 1 + i; age >= 0; age--) {
          int from = age;
          steps.add(
              () ->
                  Files.move(
                      files.file(from), files.file(from + 1), StandardCopyOption.ATOMIC_MOVE));
        }
        steps.add(() -> Files.write(files.file(0), line(line)));
      }
    }

    private void look() {
      looks++;
      try {
        while (looks >= begin && !steps.isEmpty()) {
          steps.remove().take();
          if (!atOnce) {
            return;
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Path file(int age) {
      look();
      return files.file(age);
    }

    @Override
    public int oldest() {
      look();
      return files.oldest();
    }
  }

  private static byte[] line(int number) {
    byte[] text = (number + "\n").getBytes(UTF_8);
    return ByteBuffer.allocate(20 + text.length)
        .putInt(text.length)
        .put((byte) 1)
        .put(new byte[3])
        .putLong(1)
        .put(text)
        .putInt(text.length)
        .array();
  }

  private RotatedFiles written() throws IOException {
    Path home = Files.createDirectories(directory.resolve("run" + run++));
    RotatedFiles files = new RotatedFiles(home.resolve("log"));
    for (int file = 0; file < FILES; file++) {
      ByteBuffer lines = ByteBuffer.allocate(1_000);
      for (int i = 0; i < LINES; i++) {
        lines.put(line(file * LINES + i));
      }
      byte[] content = new byte[lines.position()];
      lines.flip().get(content);
      Files.write(files.file(FILES - 1 - file), content);
    }
    return files;
  }

  private static List<Integer> last(LogPlaces places) throws IOException {
    LogSelection selection =
        new LogSelection(Optional.empty(), Optional.empty(), OptionalLong.of(WANTED));
    List<Integer> lines = new ArrayList<>();
    try (LogCursor cursor = LogCursor.open(places, selection)) {
      for (var next = cursor.next(); next.isPresent(); next = cursor.next()) {
        lines.add(Integer.valueOf(new String(next.get().bytes(), UTF_8).strip()));
      }
    }
    return lines;
  }

  /** The lines asked for, and those that were written meanwhile. */
  private void check(int begin, boolean atOnce, int rotations) throws IOException {
    Rotating log = new Rotating(written(), begin, atOnce, rotations);
    List<Integer> lines = last(log);
    String what = rotations + " rotations from look " + begin + ", at once " + atOnce;
    int first = lines.getFirst();
    assertTrue(first >= FILES * LINES - WANTED, what + ": " + lines);
    assertTrue(first <= FILES * LINES - WANTED + rotations, what + ": " + lines);
    assertEquals(IntStream.rangeClosed(first, lines.getLast()).boxed().toList(), lines, what);
    assertTrue(lines.getLast() >= FILES * LINES - 1, what + ": " + lines);
  }

  @Test
  void whateverTheMomentOfTheRotation() throws IOException {
    for (int begin = 1; begin < 60; begin++) {
      for (int rotations = 1; rotations <= 3; rotations++) {
        check(begin, true, rotations);
        check(begin, false, rotations);
      }
    }
  }

  @Test
  void aLogThatIsNotThere() throws IOException {
    RotatedFiles none = new RotatedFiles(directory.resolve("none"));
    assertEquals(List.of(), last(none));
  }
}
