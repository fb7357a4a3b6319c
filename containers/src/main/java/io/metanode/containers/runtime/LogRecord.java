package io.metanode.containers.runtime;

import java.time.Instant;

/** One line of a container's output, or a part of one longer than 16 KiB. */
public final class LogRecord {

  private final Instant time;
  private final int stream;
  private final boolean partial;
  private final byte[] bytes;

  LogRecord(Instant time, int stream, boolean partial, byte[] bytes) {
    this.time = time;
    this.stream = stream;
    this.partial = partial;
    this.bytes = bytes;
  }

  /** When it was written. */
  public Instant time() {
    return time;
  }

  /** 1 for stdout, 2 for stderr. */
  public int stream() {
    return stream;
  }

  /** Whether the line goes on in the stream's next record. */
  public boolean partial() {
    return partial;
  }

  /** The line, with its newline where it had one. The array is the record's own. */
  public byte[] bytes() {
    return bytes;
  }
}
