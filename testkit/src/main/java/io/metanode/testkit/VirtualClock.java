package io.metanode.testkit;

import io.metanode.foundation.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves only when a test moves it. Safe for use by many threads. */
public final class VirtualClock implements Clock {

  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicLong elapsedNanos = new AtomicLong();

  @Override
  public Instant now() {
    return START.plusNanos(elapsedNanos.get());
  }

  @Override
  public long monotonicNanos() {
    return elapsedNanos.get();
  }

  /** Moves time forward. */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("time cannot go back by " + by);
    }
    elapsedNanos.addAndGet(by.toNanos());
  }
}
