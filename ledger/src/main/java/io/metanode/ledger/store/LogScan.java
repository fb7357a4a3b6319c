package io.metanode.ledger.store;

import io.metanode.foundation.Bytes;
import java.io.IOException;
import java.util.Optional;

/** Reads one file of a block log from its beginning, and tells a torn end from damage. */
final class LogScan {

  private static final int WINDOW = 1 << 20;

  private final Disk disk;
  private final String file;
  private final long length;
  private long offset;
  private long height;

  /**
   * @param first the height of the file's first block
   */
  LogScan(Disk disk, long first) throws IOException {
    this.disk = disk;
    this.file = Segments.file(first);
    this.length = disk.length(file);
    this.height = first;
  }

  /** Where the next record should begin. */
  long offset() {
    return offset;
  }

  /** The block it should hold. */
  long height() {
    return height;
  }

  boolean atEnd() {
    return offset == length;
  }

  /** The next record, if it is intact and has the next height. */
  Optional<LogRecord> next() throws IOException {
    Optional<LogRecord> record = at(offset).filter(found -> found.height() == height);
    if (record.isPresent()) {
      offset += LogRecord.FRAME + record.get().payload().length();
      height++;
    }
    return record;
  }

  private Optional<LogRecord> at(long from) throws IOException {
    Optional<Integer> size = LogRecord.length(disk.read(file, from, LogRecord.FRAME));
    if (size.isEmpty() || size.get() > length - from) {
      return Optional.empty();
    }
    return LogRecord.decode(disk.read(file, from, size.get()));
  }

  /**
   * Whether an intact record begins anywhere after {@link #offset}: then what is here is damage.
   */
  boolean continues() throws IOException {
    for (long from = offset + 1; from < length; from += WINDOW) {
      Bytes window = disk.read(file, from, WINDOW + LogRecord.FRAME);
      for (int i = 0; i < WINDOW && i + LogRecord.FRAME <= window.length(); i++) {
        if (mayBegin(window, i) && at(from + i).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean mayBegin(Bytes window, int i) {
    return window.at(i) == 'M'
        && window.at(i + 1) == 'N'
        && window.at(i + 2) == 'R'
        && window.at(i + 3) == 1;
  }

  CorruptionException corruption(String detail) {
    return new CorruptionException(file, offset, height, detail);
  }
}
