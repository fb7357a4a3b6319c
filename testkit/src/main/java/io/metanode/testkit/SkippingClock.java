package io.metanode.testkit;

import io.metanode.foundation.Clock;
import io.metanode.foundation.SystemClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The host's clock, ahead by what a test skipped: for real processes and sockets that meet what
 * takes an hour or a day. Timers go on as they were. Safe for use by many threads.
 */
public final class SkippingClock implements Clock {

  private final AtomicLong aheadMillis = new AtomicLong();

  @Override
  public Instant now() {
    return SystemClock.INSTANCE.now().plusMillis(aheadMillis.get());
  }

  @Override
  public long monotonicNanos() {
    return SystemClock.INSTANCE.monotonicNanos();
  }

  /** Moves the wall clock forward. */
  public void skip(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("time cannot go back by " + by);
    }
    aheadMillis.addAndGet(by.toMillis());
  }
}
