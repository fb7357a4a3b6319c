package io.metanode.containers.runtime;

import static io.metanode.containers.runtime.ShimHost.ended;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The seccomp programs that the kernel holds decide the same, whoever installed them. */
@Timeout(180)
final class LauncherSeccompIT {

  private static final long SEED = 20_261_124;
  private static final int CASES = 6;
  private static final String FIRST = "exec /bin/busybox sleep 600";

  private GeneratedContainers made;

  @BeforeEach
  void open() throws Exception {
    made = new GeneratedContainers();
  }

  @AfterEach
  void close() throws Exception {
    if (made != null) {
      made.close();
    }
  }

  @Test
  void programsAreTheSame() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < CASES; i++) {
      long seed = random.nextLong();
      List<SeccompProgram> expected = installed(made.runc, "r" + i, seed);
      List<SeccompProgram> actual = installed(made.launcher, "l" + i, seed);
      assertEquals(expected.size(), actual.size(), "case " + i);
      for (int j = 0; j < expected.size(); j++) {
        SeccompProgram.assertAlike(expected.get(j), actual.get(j), random.split());
      }
      seen.add(expected.size());
    }
    assertEquals(Set.of(0, 1), seen, "the cases are too alike");
  }

  /** Of the first process, then of a further one. */
  private List<SeccompProgram> installed(ShimRunner runner, String id, long seed) throws Exception {
    ContainerLaunch launch = made.launch(id, seed, false, FIRST);
    try (PendingProcess pending = runner.container(launch)) {
      RunningProcess first = pending.start();
      assertTrue(Files.notExists(launch.stateDirectory().resolve("launch.failed")));
      List<SeccompProgram> filters = InstalledFilters.of(first.pid());
      ExecLaunch exec = made.exec(launch, id, seed, false, FIRST);
      try (PendingProcess more = runner.exec(exec)) {
        RunningProcess second = more.start();
        List<SeccompProgram> further = InstalledFilters.of(second.pid());
        assertEquals(filters.size(), further.size());
        for (int i = 0; i < filters.size(); i++) {
          SeccompProgram.assertAlike(filters.get(i), further.get(i), new SplittableRandom(seed));
        }
        end(second);
      }
      end(first);
      return filters;
    }
  }

  private static void end(RunningProcess process) throws Exception {
    process.signal(9);
    ended(process);
    process.release();
  }
}
