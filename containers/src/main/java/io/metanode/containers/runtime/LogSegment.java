package io.metanode.containers.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One file of a log, known by its inode: rotation renames it while it is read.
 *
 * <p>Record (docs/formats/container-log.md): {@code length32 stream8 flags8 zero16 nanos64 bytes
 * length32}, big-endian.
 */
final class LogSegment implements AutoCloseable {

  private static final int HEADER = 16;
  private static final int TRAILER = 4;
  private static final int LARGEST = 16 * 1024;
  private static final int PARTIAL = 1;
  private static final int WINDOW = 64 * 1024;

  private final FileChannel channel;
  private final Object key;
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
  private long windowStart;

  private LogSegment(FileChannel channel, Object key) {
    this.channel = channel;
    this.key = key;
  }

  /** Opens a file; empty if there is none. */
  static Optional<LogSegment> open(Path path) throws IOException {
    try {
      while (true) {
        Object before = keyOf(path);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        if (before.equals(keyOf(path))) {
          return Optional.of(new LogSegment(channel, before));
        }
        channel.close();
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Object keyOf(Path path) throws IOException {
    return Objects.requireNonNull(
        Files.readAttributes(path, BasicFileAttributes.class).fileKey(), "no inode");
  }

  /** Whether a path names this file now. */
  boolean isAt(Path path) throws IOException {
    try {
      return key.equals(keyOf(path));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  long size() throws IOException {
    return channel.size();
  }

  /** A record and where the next one begins. */
  record Entry(LogRecord content, long next) {}

  /** The record at an offset; empty at the end, and where the rest is torn. */
  Optional<Entry> at(long offset) throws IOException {
    if (!load(offset, HEADER)) {
      return Optional.empty();
    }
    int base = (int) (offset - windowStart);
    int length = window.getInt(base);
    if (length < 0 || length > LARGEST || !load(offset, HEADER + length + TRAILER)) {
      return Optional.empty();
    }
    base = (int) (offset - windowStart);
    if (window.getInt(base + HEADER + length) != length) {
      return Optional.empty();
    }
    byte[] bytes = new byte[length];
    window.get(base + HEADER, bytes);
    LogRecord content =
        new LogRecord(
            Instant.ofEpochSecond(0, window.getLong(base + 8)),
            window.get(base + 4),
            (window.get(base + 5) & PARTIAL) != 0,
            bytes);
    return Optional.of(new Entry(content, offset + HEADER + length + TRAILER));
  }

  /** Where the record that ends at an offset begins; -1 if none does. */
  long before(long end) throws IOException {
    if (end < HEADER + TRAILER || !load(end - TRAILER, TRAILER)) {
      return -1;
    }
    int length = window.getInt((int) (end - TRAILER - windowStart));
    long start = end - TRAILER - length - HEADER;
    if (length < 0 || length > LARGEST || start < 0) {
      return -1;
    }
    // Read backwards in strides, not record by record.
    load(Math.max(0, end - WINDOW), (int) Math.min(end, WINDOW));
    return at(start).filter(entry -> entry.next() == end).isPresent() ? start : -1;
  }

  /** Where whole records end: before a torn tail, if there is one. */
  long end() throws IOException {
    long size = size();
    if (size == 0 || before(size) >= 0) {
      return size;
    }
    long offset = 0;
    for (Optional<Entry> entry = at(0); entry.isPresent(); entry = at(offset)) {
      offset = entry.get().next();
    }
    return offset;
  }

  /** Makes the window hold {@code length} bytes from {@code offset}; false if the file does not. */
  private boolean load(long offset, int length) throws IOException {
    if (offset >= windowStart && offset + length <= windowStart + window.limit()) {
      return true;
    }
    window.clear();
    windowStart = offset;
    while (window.hasRemaining()) {
      if (channel.read(window, offset + window.position()) <= 0) {
        break;
      }
    }
    window.flip();
    return length <= window.limit();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
