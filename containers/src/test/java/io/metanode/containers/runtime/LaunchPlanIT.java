package io.metanode.containers.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.launch.Launcher;
import io.metanode.containers.sys.LinuxSyscalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shim does nothing of a plan that is not whole. */
@Timeout(180)
final class LaunchPlanIT {

  private static final long SEED = 20_261_125;
  private static final int CUTS = 40;
  private static final int LARGEST = 4 << 20;

  private final LinuxSyscalls syscalls = new LinuxSyscalls();
  private GeneratedContainers made;
  private byte[] plan = {};

  @BeforeEach
  void open() throws Exception {
    made = new GeneratedContainers();
    ContainerLaunch launch = made.launch("plan", 5, false, "true");
    Path shim = NativeProgram.SHIM.install(made.host.directory.resolve("bin"));
    Launcher opened = Launcher.open(syscalls, shim);
    plan = opened.container(opened.read(launch.bundle()), launch.id(), true);
  }

  @AfterEach
  void close() throws Exception {
    if (made != null) {
      made.close();
    }
  }

  @Test
  void cutAndGrownPlansAreRefused() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    List<byte[]> plans = new ArrayList<>();
    for (int length : List.of(0, 1, 15, 16, 25, plan.length - 1)) {
      plans.add(Arrays.copyOf(plan, length));
    }
    for (int i = 0; i < CUTS; i++) {
      plans.add(Arrays.copyOf(plan, random.nextInt(plan.length)));
    }
    plans.add(Arrays.copyOf(plan, plan.length + 1));
    plans.add(Arrays.copyOf(plan, LARGEST + 1));
    for (byte[] wrong : plans) {
      assertRefused(wrong);
    }
  }

  /** Words taken away, so that a step takes the name of the next for its own. */
  @Test
  void plansWithoutAWordOrWithUnknownStepsAreRefused() throws Exception {
    String version = "metanode-plan-1\0";
    for (String steps :
        List.of(
            "",
            "end",
            "unheard-of\0end\0",
            "end\0\0end",
            "rlimit\0001\0001\0end\0",
            "arg\0",
            "arg",
            "exec\0end\0")) {
      int size = version.length() + 9 + steps.length();
      assertRefused((version + String.format("%08d", size) + "\0" + steps).getBytes(UTF_8));
    }
  }

  private void assertRefused(byte[] wrong) throws Exception {
    RunDirectory directory = new RunDirectory(made.host.directory.resolve("refused"));
    Files.createDirectories(directory.path());
    Files.write(directory.plan(), wrong);
    StartException refused = assertThrows(StartException.class, () -> pending(directory).start());
    assertTrue(String.valueOf(refused.getMessage()).contains("plan plan"), refused.getMessage());
    assertFalse(Files.exists(directory.path()));
  }

  private PendingShim pending(RunDirectory directory) throws Exception {
    return new PendingShim(
        made.launcher,
        directory,
        new RunDirectory.Subject("refused", true),
        List.of("metanode-shim", "--state", directory.path().toString(), "--plan", "plan", "--"),
        syscalls.listenUnix(directory.socket(), 1),
        Namespaces.NONE);
  }
}
