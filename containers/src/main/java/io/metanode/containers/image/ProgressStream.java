package io.metanode.containers.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reports how much was read, every few megabytes and at the end. */
final class ProgressStream extends FilterInputStream {

  /** Told how much was read so far. */
  @FunctionalInterface
  interface Listener {
    void accept(long count) throws IOException;
  }

  private static final long STEP_BYTES = 4L << 20;

  private final Listener listener;
  private long count;
  private long reported;

  ProgressStream(InputStream in, Listener listener) {
    super(in);
    this.listener = listener;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    count(value < 0 ? -1 : 1);
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int n = in.read(target, offset, length);
    count(n);
    return n;
  }

  private void count(int n) throws IOException {
    count += Math.max(0, n);
    if (count - reported >= STEP_BYTES || (n < 0 && count > reported)) {
      reported = count;
      listener.accept(count);
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
