package io.metanode.containers.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Stops and continues all processes of a group: {@code freezer.state} of version 1, {@code
 * cgroup.freeze} of version 2.
 *
 * @param control the file that is written
 * @param frozen what stops
 * @param thawed what continues
 * @param state the file that shows when all have stopped
 * @param done the line it then has
 */
record Freezer(Path control, String frozen, String thawed, Path state, String done) {

  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int STEPS = 10_000;

  static Freezer version1(Path group) {
    Path state = group.resolve("freezer.state");
    return new Freezer(state, "FROZEN", "THAWED", state, "FROZEN");
  }

  static Freezer version2(Path group) {
    return new Freezer(
        group.resolve("cgroup.freeze"), "1", "0", group.resolve("cgroup.events"), "frozen 1");
  }

  /**
   * Returns once all have stopped.
   *
   * @throws IOException if some process does not stop within ten seconds; all then go on
   */
  void freeze() throws IOException {
    for (int step = 0; step < STEPS; step++) {
      // Processes forked meanwhile are caught by writing again.
      Files.writeString(control, frozen);
      if (CgroupFile.lines(state).contains(done)) {
        return;
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
    thaw();
    throw new IOException("not every process under " + control.getParent() + " could be stopped");
  }

  void thaw() throws IOException {
    Files.writeString(control, thawed);
  }
}
