package io.metanode.containers.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the probes of a container's health have found in its current run.
 *
 * @param failingStreak how many probes have failed one after the other
 * @param log the latest results, at most five, oldest first
 */
public record Health(Condition condition, int failingStreak, List<Result> log) {

  private static final int LOGGED = 5;

  /** What is known of a container's health. */
  public enum Condition {
    STARTING,
    HEALTHY,
    UNHEALTHY;

    /** The name the Docker API uses. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One probe.
   *
   * @param exitCode 0 for healthy; -1 where it could not be run to its end
   * @param output the first 4096 bytes of what it wrote, or why it could not be run
   */
  public record Result(Instant start, Instant end, int exitCode, String output) {}

  static final Health UNKNOWN = new Health(Condition.STARTING, 0, List.of());

  public Health {
    log = List.copyOf(log);
  }

  /** What Docker says of a container that stopped or was paused: nothing probes it any more. */
  Health unwatched() {
    return new Health(Condition.UNHEALTHY, failingStreak, log);
  }

  /**
   * What is known after one more probe.
   *
   * @param grace whether failures do not count yet, as the container is starting
   * @param retries how many failures one after the other make it unhealthy
   */
  Health after(Result result, boolean grace, int retries) {
    List<Result> results = new ArrayList<>(log);
    results.add(result);
    List<Result> latest = results.subList(Math.max(0, results.size() - LOGGED), results.size());
    if (result.exitCode() == 0) {
      return new Health(Condition.HEALTHY, 0, latest);
    }
    int streak = grace && condition == Condition.STARTING ? failingStreak : failingStreak + 1;
    return new Health(streak >= retries ? Condition.UNHEALTHY : condition, streak, latest);
  }
}
