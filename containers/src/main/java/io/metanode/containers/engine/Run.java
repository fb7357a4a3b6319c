package io.metanode.containers.engine;

import java.time.Instant;

/**
 * The latest run of a container's process.
 *
 * @param directory the name of the run's directory below the engine's run directory; empty before
 *     the first run and once an ended run was cleared away
 * @param pid the process on the host; 0 when none runs
 * @param exitCode how it ended; 0 while it runs
 * @param outOfMemory whether the memory limit killed it
 * @param error why it could not be started, or why its end is not settled; empty otherwise
 * @param startedAt when; {@link #NEVER} before the first run
 * @param finishedAt when; {@link #NEVER} while the first run lasts
 */
public record Run(
    String directory,
    int pid,
    int exitCode,
    boolean outOfMemory,
    String error,
    Instant startedAt,
    Instant finishedAt) {

  /** Go's zero time, which the Docker API shows for what has not happened. */
  public static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

  public static final Run NONE = new Run("", 0, 0, false, "", NEVER, NEVER);

  /** A start is about to be tried; whether it came to a run is for its directory to tell. */
  Run starting(String runDirectory) {
    return new Run(runDirectory, 0, exitCode, outOfMemory, "", startedAt, finishedAt);
  }

  Run started(String runDirectory, int hostPid, Instant now) {
    return new Run(runDirectory, hostPid, 0, false, "", now, finishedAt);
  }

  Run ended(int code, boolean oom, Instant when) {
    return new Run(directory, 0, code, oom, "", startedAt, when);
  }

  Run failed(int code, String why) {
    return new Run("", 0, code, false, why, startedAt, finishedAt);
  }

  Run troubled(String why) {
    return new Run(directory, pid, exitCode, outOfMemory, why, startedAt, finishedAt);
  }

  Run cleared() {
    return new Run("", 0, exitCode, outOfMemory, error, startedAt, finishedAt);
  }
}
