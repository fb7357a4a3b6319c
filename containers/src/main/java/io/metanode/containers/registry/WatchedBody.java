package io.metanode.containers.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A body that ends with an error when it comes too slowly to be waited for. */
final class WatchedBody extends FilterInputStream {

  private final Patience patience;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicLong count = new AtomicLong();
  private volatile boolean stalled;

  WatchedBody(InputStream in, Patience patience) {
    super(in);
    this.patience = patience;
    Thread.ofVirtual().start(this::watch);
  }

  private void watch() {
    try {
      long before = 0;
      while (!closed.await(patience.stall().toNanos(), TimeUnit.NANOSECONDS)) {
        long now = count.get();
        if (now - before < patience.leastBytes()) {
          stalled = true;
          in.close();
          return;
        }
        before = now;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // the reader sees that it is closed
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      int n = in.read(target, offset, length);
      if (n > 0) {
        count.addAndGet(n);
      }
      return n;
    } catch (IOException e) {
      if (stalled) {
        throw new IOException(
            "the server sent less than "
                + patience.leastBytes()
                + " bytes in "
                + patience.stall().toMillis()
                + " ms",
            e);
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    in.close();
  }
}
