package io.metanode.foundation;

import java.time.Instant;

/**
 * The only way product code learns the time. The system clock is {@link SystemClock}; tests use
 * virtual time.
 */
public interface Clock {

  /** The wall clock, in UTC, as exact as the host gives it. */
  Instant now();

  /**
   * A monotonic reading in nanoseconds with an arbitrary origin; only differences mean anything.
   */
  long monotonicNanos();
}
