package io.metanode.containers.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * A place in a log that moves forward, from file to file as they were rotated. A file that was
 * rotated away unread is skipped, as its records no longer exist.
 *
 * <p>The log is rotated meanwhile, the oldest file first. So a file's successor is the one that was
 * opened a place before it while it was still seen in its own place afterwards.
 */
final class LogCursor implements AutoCloseable {

  private final LogPlaces log;
  private Optional<LogSegment> segment = Optional.empty();
  private long offset;

  /** The bytes that may still be read. */
  private long left = Long.MAX_VALUE;

  private LogCursor(LogPlaces log) {
    this.log = log;
  }

  static LogCursor open(LogPlaces log, LogSelection selection) throws IOException {
    LogCursor cursor = new LogCursor(log);
    if (selection.lastLines().isPresent()) {
      cursor.moveToLast(selection.lastLines().getAsLong());
    }
    return cursor;
  }

  /**
   * Ends after as many bytes as there are from here on now: who writes faster than is read does not
   * keep the reader for ever.
   */
  void endHere() throws IOException {
    int age = segment.isPresent() ? age() : log.oldest() + 1;
    int newer = age < 0 ? log.oldest() + 1 : age;
    left = segment.isPresent() ? segment.get().size() - offset : 0;
    // From the newest on: one that is rotated meanwhile counts twice rather than not at all.
    for (int i = 0; i < newer; i++) {
      Optional<LogSegment> file = LogSegment.open(log.file(i));
      if (file.isPresent()) {
        left += file.get().size();
        file.get().close();
      }
    }
  }

  /** The next record; empty where there is none yet. */
  Optional<LogRecord> next() throws IOException {
    if (left <= 0) {
      return Optional.empty();
    }
    if (segment.isEmpty() && !enterOldest()) {
      return Optional.empty();
    }
    while (true) {
      Optional<LogRecord> here = advance();
      if (here.isPresent()) {
        return here;
      }
      // The file's place is looked at before the last read: a rotated file does not grow.
      int age = age();
      Optional<LogRecord> last = advance();
      if (last.isPresent() || age == 0 || !enterNext(age)) {
        return last;
      }
    }
  }

  /** Goes on to the file after this one; false if there is none yet. */
  private boolean enterNext(int age) throws IOException {
    if (age < 0) {
      return enterOldest();
    }
    Optional<LogSegment> next = LogSegment.open(log.file(age - 1));
    boolean follows = segment.orElseThrow().isAt(log.file(age));
    if (next.isPresent() && follows) {
      enter(next.get());
    } else if (next.isPresent()) {
      next.get().close();
    }
    return next.isPresent() || !follows;
  }

  /** Goes to the oldest file there is; false if there is none. */
  private boolean enterOldest() throws IOException {
    int age;
    do {
      age = log.oldest();
      if (!enter(age)) {
        return false;
      }
    } while (age != log.oldest() || !segment.orElseThrow().isAt(log.file(age)));
    return true;
  }

  private Optional<LogRecord> advance() throws IOException {
    Optional<LogSegment.Entry> entry = segment.orElseThrow().at(offset);
    if (entry.isPresent()) {
      left -= entry.get().next() - offset;
      offset = entry.get().next();
    }
    return entry.map(LogSegment.Entry::content);
  }

  /** How often this cursor's file was rotated; -1 if it is gone. */
  private int age() throws IOException {
    // It may be rotated while it is looked for, even twice.
    int oldest = log.oldest() + 2;
    for (int age = 0; age <= oldest; age++) {
      if (segment.orElseThrow().isAt(log.file(age))) {
        return age;
      }
    }
    return -1;
  }

  private boolean enter(int age) throws IOException {
    Optional<LogSegment> entered = LogSegment.open(log.file(age));
    if (entered.isEmpty()) {
      return false;
    }
    enter(entered.get());
    return true;
  }

  private void enter(LogSegment next) throws IOException {
    close();
    segment = Optional.of(next);
    offset = 0;
  }

  /** Goes to the newest file there is; false if there is none. */
  private boolean enterNewest() throws IOException {
    while (true) {
      int oldest = log.oldest();
      int age = 0;
      while (!enter(age)) {
        if (++age > oldest + 1) {
          return false;
        }
      }
      if (age == 0 || !Files.exists(log.file(0))) {
        return true;
      }
    }
  }

  /**
   * Goes back to the file before this one; false if there is none any more. It is the one that was
   * opened a place after this one's, or two where rotation left that place empty, while this one
   * was still seen in its own place afterwards.
   */
  private boolean enterPrevious() throws IOException {
    while (true) {
      int age = age();
      if (age < 0) {
        return false;
      }
      Optional<LogSegment> previous = LogSegment.open(log.file(age + 1));
      if (previous.isEmpty()) {
        previous = LogSegment.open(log.file(age + 2));
      }
      if (segment.orElseThrow().isAt(log.file(age))) {
        if (previous.isPresent()) {
          enter(previous.get());
        }
        return previous.isPresent();
      }
      if (previous.isPresent()) {
        previous.get().close();
      }
    }
  }

  /** Goes back over the last lines; a line ends in a record that is not partial. */
  private void moveToLast(long lines) throws IOException {
    long wanted = lines;
    for (boolean there = enterNewest(); there; there = enterPrevious()) {
      LogSegment current = segment.orElseThrow();
      offset = current.end();
      for (long start = current.before(offset); start >= 0; start = current.before(start)) {
        if (!current.at(start).orElseThrow().content().partial() && wanted-- == 0) {
          return;
        }
        offset = start;
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (segment.isPresent()) {
      segment.get().close();
    }
  }
}
