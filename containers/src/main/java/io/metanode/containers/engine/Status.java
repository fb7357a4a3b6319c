package io.metanode.containers.engine;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Where a container is in its life, and which steps lead on from there. */
public enum Status {
  CREATED,
  RUNNING,
  PAUSED,
  RESTARTING,
  EXITED,
  REMOVING,
  DEAD;

  private static final Map<Status, Set<Status>> NEXT =
      Map.of(
          CREATED, Set.of(RUNNING, EXITED, REMOVING),
          RUNNING, Set.of(PAUSED, EXITED, RESTARTING, REMOVING),
          PAUSED, Set.of(RUNNING, EXITED, RESTARTING, REMOVING),
          RESTARTING, Set.of(RUNNING, EXITED, REMOVING),
          EXITED, Set.of(RUNNING, REMOVING),
          REMOVING, Set.of(DEAD),
          DEAD, Set.of(REMOVING));

  /** Whether a container in this status may go to {@code next} in one step. */
  public boolean leadsTo(Status next) {
    return NEXT.getOrDefault(this, Set.of()).contains(next);
  }

  /** Whether its process exists. */
  public boolean alive() {
    return this == RUNNING || this == PAUSED;
  }

  /** The name the Docker API uses. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if there is no such status
   */
  public static Status of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
