package io.metanode.containers.registry;

import java.time.Duration;

/**
 * How long a registry is waited for.
 *
 * @param connect for a connection
 * @param answer for the head of an answer
 * @param stall a body must bring {@code leastBytes} in each such time, or end
 * @param leastBytes the least a body brings in that time
 * @param attempts how often a transfer is taken up again without having got further
 * @param pause before the first of these; doubled each time
 */
public record Patience(
    Duration connect,
    Duration answer,
    Duration stall,
    long leastBytes,
    int attempts,
    Duration pause) {

  private static final int MOST_DOUBLINGS = 4;

  public static final Patience DEFAULT =
      new Patience(
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          16 << 10,
          5,
          Duration.ofSeconds(1));

  /** The pause before the next attempt, after so many that failed. */
  public Duration pauseAfter(int failed) {
    return pause.multipliedBy(1L << Math.min(failed - 1, MOST_DOUBLINGS));
  }
}
