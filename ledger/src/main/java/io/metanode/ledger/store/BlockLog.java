package io.metanode.ledger.store;

import io.metanode.foundation.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The blocks, one record after the other, in files of bounded size. A record is durable when {@link
 * #append} returns. A crash can leave the last record torn: opening cuts it off, for nobody heard
 * of it. Anything else that is not intact is damage. Used by one thread.
 */
final class BlockLog implements Closeable {

  private final Disk disk;
  private final long segmentLength;
  private long segment;
  private long offset;
  private long next;
  private Disk.@Nullable Appender appender;
  private @Nullable IOException failure;

  private BlockLog(Disk disk, long segmentLength, long segment, long offset, long next) {
    this.disk = disk;
    this.segmentLength = segmentLength;
    this.segment = segment;
    this.offset = offset;
    this.next = next;
  }

  /**
   * Opens the log.
   *
   * @param acknowledged the highest block known to have been durable; the log must have it
   * @param segmentLength the bytes after which a new file is begun
   * @throws CorruptionException if what was durable is not there or not intact
   */
  static BlockLog open(Disk disk, long acknowledged, long segmentLength) throws IOException {
    List<Long> segments = Segments.list(disk);
    if (segments.isEmpty()) {
      return new BlockLog(disk, segmentLength, acknowledged + 1, 0, acknowledged + 1);
    }
    long last = segments.getLast();
    LogScan scan = new LogScan(disk, last);
    while (!scan.atEnd() && scan.next().isPresent()) {}
    if (!scan.atEnd()) {
      cutTornEnd(disk, scan, last, acknowledged);
    }
    if (scan.height() <= acknowledged) {
      throw scan.corruption("the log ends here, but block " + acknowledged + " was durable");
    }
    return new BlockLog(disk, segmentLength, last, scan.offset(), scan.height());
  }

  private static void cutTornEnd(Disk disk, LogScan scan, long segment, long acknowledged)
      throws IOException {
    if (scan.height() <= acknowledged) {
      throw scan.corruption("the record was durable and is not intact");
    }
    if (scan.continues()) {
      throw scan.corruption("the record is not intact, but one after it is");
    }
    disk.truncate(Segments.file(segment), scan.offset());
  }

  /** The height of the next block. */
  long next() {
    return next;
  }

  /** Appends the next block; it is durable when this returns. */
  LogPosition append(Bytes block) throws IOException {
    if (failure != null) {
      throw new IOException("the block log failed before; reopen it", failure);
    }
    try {
      return write(new LogRecord(next, block));
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  private LogPosition write(LogRecord record) throws IOException {
    if (offset >= segmentLength) {
      close();
      segment = next;
      offset = 0;
    }
    if (appender == null) {
      appender = disk.appender(Segments.file(segment));
    }
    appender.append(record.frame());
    appender.append(record.payload());
    appender.sync();
    LogPosition position = new LogPosition(segment, offset, record.length());
    offset += record.length();
    next++;
    return position;
  }

  /** Reads the block at a position. */
  Bytes read(LogPosition position, long height) throws IOException {
    return LogRecord.decode(disk.read(position.file(), position.offset(), position.length()))
        .filter(record -> record.height() == height)
        .map(LogRecord::payload)
        .orElseThrow(
            () ->
                new CorruptionException(
                    position.file(), position.offset(), height, "the record is not intact"));
  }

  /** What a reader of the log takes. */
  @FunctionalInterface
  interface Visitor {
    void visit(LogPosition position, LogRecord record) throws IOException;
  }

  /** Visits every block from {@code from} on, in order. */
  void replay(long from, Visitor visitor) throws IOException {
    List<Long> segments = Segments.list(disk);
    if (segments.isEmpty()) {
      return;
    }
    int start = 0;
    while (start + 1 < segments.size() && segments.get(start + 1) <= from) {
      start++;
    }
    long expected = Math.min(from, segments.get(start));
    for (long first : segments.subList(start, segments.size())) {
      if (first != expected) {
        throw new CorruptionException(Segments.file(expected), 0, expected, "the file is missing");
      }
      expected = replayFile(first, from, visitor);
    }
  }

  private long replayFile(long first, long from, Visitor visitor) throws IOException {
    LogScan scan = new LogScan(disk, first);
    while (!scan.atEnd()) {
      long start = scan.offset();
      LogRecord record = scan.next().orElseThrow(() -> scan.corruption("the record is not intact"));
      if (record.height() >= from) {
        int length = Math.toIntExact(scan.offset() - start);
        visitor.visit(new LogPosition(first, start, length), record);
      }
    }
    return scan.height();
  }

  /**
   * Deletes the oldest file if it holds only blocks below {@code keepFrom}.
   *
   * @param forgotten told of each of its blocks before it goes
   * @param before run between both
   * @return whether there was one
   */
  boolean prune(long keepFrom, Visitor forgotten, Flush before) throws IOException {
    List<Long> segments = Segments.list(disk);
    if (segments.size() < 2 || segments.get(1) > keepFrom) {
      return false;
    }
    replayFile(segments.getFirst(), segments.getFirst(), forgotten);
    before.flush();
    disk.delete(Segments.file(segments.getFirst()));
    return true;
  }

  /** Makes durable what follows from a file's going. */
  @FunctionalInterface
  interface Flush {
    void flush() throws IOException;
  }

  /** The first block the log still has. */
  long first() throws IOException {
    List<Long> segments = Segments.list(disk);
    return segments.isEmpty() ? next : segments.getFirst();
  }

  @Override
  public void close() throws IOException {
    if (appender != null) {
      appender.close();
      appender = null;
    }
  }
}
