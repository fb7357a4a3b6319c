package io.metanode.containers.runtime;

import static io.metanode.containers.runtime.ShimHost.OUTPUT;
import static io.metanode.containers.runtime.ShimHost.ended;
import static io.metanode.containers.runtime.ShimHost.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Further processes see and may the same, whether runc starts them or the launcher. */
@Timeout(180)
final class LauncherExecIT {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long SEED = 20_261_123;
  private static final int CASES = 6;
  private static final String FIRST = "exec /bin/busybox sleep 600";

  /** Not the soft limit of open files: runc's Go raises it in an exec. */
  private static final String PROBE =
      """
      b=/bin/busybox
      $b grep -vE '^(Vm|Rss|SigQ|.*ctxt_switches|Cpus_|Mems_|P?Pid|Tgid|NS[a-z]+|FDSize)' \
        /proc/self/status
      $b grep -v 'open files' /proc/self/limits
      $b cat /proc/self/cgroup /proc/self/oom_score_adj
      umask; $b env | $b sort; pwd
      $b ls /proc/self/fd | $b wc -l
      $b readlink /proc/self/fd/0 | $b tr -d '0-9'
      for n in mnt pid ipc uts net cgroup user; do
        [ "$($b readlink /proc/self/ns/$n)" = "$($b readlink /proc/1/ns/$n)" ]; echo $n $?
      done
      $b cut -d' ' -f4 /proc/$$/stat
      [ "$($b cut -d' ' -f6 /proc/$$/stat)" = $$ ]; echo session $?
      $b tty 2>&1
      $b grep -o '_ses.*' /proc/keys 2>&1
      exit 7
      """;

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
  void generatedProcessesLookTheSame() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < CASES; i++) {
      long container = random.nextLong();
      long process = random.nextLong();
      boolean terminal = i % 3 == 2;
      String expected = probe(made.runc, "r" + i, container, process, terminal, false);
      String actual = probe(made.launcher, "l" + i, container, process, terminal, true);
      assertTrue(expected.contains("NoNewPrivs"), expected);
      assertEquals(expected, actual, "case " + i + " of seed " + SEED);
    }
  }

  private String probe(
      ShimRunner runner, String id, long seed, long process, boolean terminal, boolean planned)
      throws Exception {
    ContainerLaunch launch = made.launch(id, seed, false, FIRST);
    try (PendingProcess pending = runner.container(launch)) {
      RunningProcess first = pending.start();
      ExecLaunch exec = made.exec(launch, id, process, terminal, PROBE);
      String seen = output(runner, exec, planned);
      end(first);
      return seen.replace(launch.id(), "ID");
    }
  }

  private static String output(ShimRunner runner, ExecLaunch exec, boolean planned)
      throws Exception {
    try (PendingProcess pending = runner.exec(exec);
        ProcessStreams streams = pending.attach(OUTPUT)) {
      assertEquals(planned, Files.exists(exec.stateDirectory().resolve("plan")));
      RunningProcess process = pending.start();
      byte[] bytes = streams.output().readAllBytes();
      assertEquals(7, ended(process).exitCode());
      process.release();
      return exec.terminal() ? new String(bytes, UTF_8) : stream(1, bytes) + stream(2, bytes);
    }
  }

  private static void end(RunningProcess process) throws Exception {
    process.signal(9);
    ended(process);
    process.release();
  }

  @Test
  void anEngineThatComesLaterEntersToo() throws Exception {
    ContainerLaunch launch = made.launch("later", 1, false, FIRST);
    try (PendingProcess pending = made.launcher.container(launch)) {
      pending.start();
    }
    ShimRunner later = ShimHost.runner(made.host.directory);
    RunningProcess found = later.reattach(launch.stateDirectory()).orElseThrow();
    ExecLaunch exec = made.exec(launch, "later", 1, false, PROBE);
    assertTrue(output(later, exec, true).contains("NoNewPrivs"));
    end(found);
  }

  @Test
  void aStrangerWithThePidOfTheFirstProcessIsNotEntered() throws Exception {
    ContainerLaunch launch = made.launch("stranger", 1, false, FIRST);
    try (PendingProcess pending = made.launcher.container(launch)) {
      RunningProcess first = pending.start();
      Path file = launch.stateDirectory().resolve("process");
      String[] words = Files.readString(file).strip().split(" ", -1);
      long self = ProcessHandle.current().pid();
      // The pid of this very process, and of the container's with another start time.
      for (String claim : new String[] {self + " " + words[1], words[0] + " 1"}) {
        Files.writeString(file, claim + "\n");
        IOException refused =
            assertThrows(
                IOException.class,
                () -> made.launcher.exec(made.exec(launch, "s", 1, false, PROBE)).close());
        assertTrue(String.valueOf(refused.getMessage()).contains("has ended"), refused.toString());
      }
      end(first);
    }
  }

  @Test
  void anExecBeginsInAnyAbsoluteDirectory() throws Exception {
    ContainerLaunch launch = made.launch("cwd", 1, false, FIRST);
    try (PendingProcess pending = made.launcher.container(launch)) {
      RunningProcess first = pending.start();
      String seen = output(made.launcher, execIn(launch, "/proc/../tmp/"), true);
      assertTrue(seen.lines().anyMatch("/tmp"::equals), seen);
      try (PendingProcess relative = made.launcher.exec(execIn(launch, "tmp"))) {
        StartException refused = assertThrows(StartException.class, relative::start);
        assertEquals(128, refused.exitCode());
        assertTrue(String.valueOf(refused.getMessage()).contains("must be an absolute path"));
      }
      end(first);
    }
  }

  private ExecLaunch execIn(ContainerLaunch launch, String directory) throws Exception {
    ExecLaunch exec = made.exec(launch, "cwd", 1, false, PROBE);
    ObjectNode process = (ObjectNode) JSON.readTree(Files.readAllBytes(exec.process()));
    Files.write(exec.process(), JSON.writeValueAsBytes(process.put("cwd", directory)));
    return exec;
  }
}
