package io.metanode.containers.http;

import io.metanode.foundation.Clock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/**
 * The way to a client whose connection was taken over: nothing follows the answer's head so soon
 * that the client reads both at once. docker-py reads the head by a buffer that it then leaves
 * aside, with all that came along.
 */
final class HeadStart extends OutputStream {

  /** What a client that waits needs to be woken and to read. */
  private static final long HEAD_START_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final OutputStream output;
  private final Clock clock;
  private final long headNanos;
  private volatile boolean over;

  /** Begins now, with the head just written. */
  HeadStart(OutputStream output, Clock clock) {
    this.output = output;
    this.clock = clock;
    this.headNanos = clock.monotonicNanos();
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (!over) {
      await();
    }
    output.write(bytes, offset, length);
  }

  private void await() throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(headNanos + HEAD_START_NANOS - clock.monotonicNanos());
      over = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted before the first output");
    }
  }

  @Override
  public void flush() throws IOException {
    output.flush();
  }

  @Override
  public void close() throws IOException {
    output.close();
  }
}
