package io.metanode.containers.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A container's log, as its shim writes and rotates it. Read while it grows; a torn tail, which a
 * crash of the machine can leave, ends it.
 */
public final class ContainerLog {

  private static final long SHORTEST_WAIT_MILLIS = 10;
  private static final long LONGEST_WAIT_MILLIS = 160;

  private final RotatedFiles files;

  /**
   * @param newest the file being written; older ones are {@code .1}, {@code .2} and so on beside it
   */
  public ContainerLog(Path newest) {
    files = new RotatedFiles(newest);
  }

  /** Takes records one by one. */
  @FunctionalInterface
  public interface Sink {
    void take(LogRecord entry) throws IOException;
  }

  /** Gives every selected record that is there now, oldest first. */
  public void read(LogSelection selection, Sink sink) throws IOException {
    try (LogCursor cursor = LogCursor.open(files, selection)) {
      cursor.endHere();
      drain(cursor, selection, sink);
    }
  }

  /**
   * Gives every selected record, and those still to come, until {@code ended} completes, the time
   * is past {@code until}, or the thread is interrupted.
   *
   * @param ended completes when nothing more will be written
   */
  public void follow(LogSelection selection, CompletableFuture<?> ended, Sink sink)
      throws IOException {
    try (LogCursor cursor = LogCursor.open(files, selection)) {
      long wait = SHORTEST_WAIT_MILLIS;
      while (true) {
        boolean last = ended.isDone();
        Drained drained = drain(cursor, selection, sink);
        if (drained == Drained.PAST_UNTIL || last) {
          return;
        }
        wait =
            drained == Drained.SOME
                ? SHORTEST_WAIT_MILLIS
                : Math.min(2 * wait, LONGEST_WAIT_MILLIS);
        if (!await(ended, wait)) {
          return;
        }
      }
    }
  }

  private enum Drained {
    NONE,
    SOME,
    PAST_UNTIL
  }

  private static Drained drain(LogCursor cursor, LogSelection selection, Sink sink)
      throws IOException {
    Drained result = Drained.NONE;
    for (Optional<LogRecord> next = cursor.next(); next.isPresent(); next = cursor.next()) {
      if (selection.tooLate(next.get())) {
        return Drained.PAST_UNTIL;
      }
      if (!selection.tooEarly(next.get())) {
        sink.take(next.get());
      }
      result = Drained.SOME;
    }
    return result;
  }

  /** Waits a little, or until the end; false if interrupted. */
  private static boolean await(CompletableFuture<?> ended, long millis) {
    try {
      ended.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException | CancellationException goOn) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return true;
  }

  /** Removes every file of the log. */
  public void remove() throws IOException {
    for (int age = files.oldest(); age >= 0; age--) {
      Files.deleteIfExists(files.file(age));
    }
  }
}
