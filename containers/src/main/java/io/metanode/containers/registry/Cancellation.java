package io.metanode.containers.registry;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether something is still wanted; set once, by any thread. */
public final class Cancellation {

  private final CountDownLatch cancelled = new CountDownLatch(1);

  public void cancel() {
    cancelled.countDown();
  }

  public boolean isCancelled() {
    return cancelled.getCount() == 0;
  }

  /**
   * @throws CancelledException if it is not wanted any more
   */
  public void check() throws CancelledException {
    if (isCancelled()) {
      throw new CancelledException();
    }
  }

  /**
   * Waits, unless it is cancelled meanwhile.
   *
   * @throws CancelledException if it is
   */
  public void pause(Duration time) throws CancelledException, InterruptedIOException {
    try {
      if (cancelled.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new CancelledException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting to ask again");
    }
  }
}
