package io.metanode.containers.runtime;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which records of a log are wanted.
 *
 * @param since from this time on
 * @param until up to this time
 * @param lastLines at most this many lines from the end, counted before the times are looked at
 */
public record LogSelection(
    Optional<Instant> since, Optional<Instant> until, OptionalLong lastLines) {

  /** Everything. */
  public static final LogSelection ALL =
      new LogSelection(Optional.empty(), Optional.empty(), OptionalLong.empty());

  boolean tooEarly(LogRecord entry) {
    return since.isPresent() && entry.time().isBefore(since.get());
  }

  boolean tooLate(LogRecord entry) {
    return until.isPresent() && entry.time().isAfter(until.get());
  }
}
