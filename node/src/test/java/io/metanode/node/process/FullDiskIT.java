package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.cli.BusyboxImage;
import io.metanode.cli.Program;
import io.metanode.cli.process.Finished;
import io.metanode.node.process.EngineApi.Refused;
import io.metanode.receipts.LogReader;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import io.metanode.testkit.Eventually;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A node whose disk, a file system of its own in memory, becomes full. */
final class FullDiskIT {

  private static final String IMAGE = "metanode/full:latest";
  private static final String UNTIL_TERM = "trap 'exit 5' TERM; while :; do usleep 5000; done";
  private static final int MOST_ATTEMPTS = 40_000;

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  private Path home = Path.of("/nonexistent");
  private TestNode node = new TestNode(home);

  @BeforeEach
  void start() throws Exception {
    TestNode.assumeRootAnd("runc", "nft", "docker", "busybox", "mount");
    home = Files.createDirectory(folder.resolve("home"));
    Finished mounted =
        Program.of("mount").run("-t", "tmpfs", "-o", "size=1g", "tmpfs", home.toString());
    assumeTrue(mounted.succeeded(), "needs to mount a tmpfs: " + mounted.output());
    node = new TestNode(home);
    node.start();
    BusyboxImage.ensure(node.docker(), IMAGE, folder.resolve("image.tar"));
    // Importing asks for more room than the test wants to fill.
    resize("64m");
  }

  @AfterEach
  void stop() throws Exception {
    if (Files.exists(home.resolve("node.lock"))) {
      Files.deleteIfExists(ballast());
      node.close();
      Eventually.holds("unmounted", () -> Program.of("umount").run(home.toString()).succeeded());
    }
  }

  @Test
  void fullDiskRefusesWorkAndLosesNothing() throws Exception {
    String running = create("running", UNTIL_TERM);
    node.api().post(running, "start");
    long pid = node.api().inspect(running).path("State").path("Pid").asLong();
    String waiting = create("waiting", "touch /ran");
    fill();

    Refused early = assertThrows(Refused.class, () -> create("early", "true"));
    assertTrue(
        String.valueOf(early.getMessage()).contains("No space left on device"), early.toString());
    String refusal = exhaustReceipts(running);
    assertTrue(refusal.contains("free disk space"), refusal);
    assertThrows(Refused.class, () -> node.api().post(waiting, "start"));
    assertThrows(Refused.class, () -> node.api().exec(running, "touch /ran"));
    assertThrows(Refused.class, () -> create("late", "true"));
    assertEquals("created", node.api().status(waiting));
    assertFalse(Files.exists(Path.of("/proc/" + pid + "/root/ran")), "nothing was executed");
    assertEquals(Set.of(running, waiting), Set.copyOf(node.api().ids()));
    assertEquals("running", node.api().status(running));

    ProcessHandle.of(pid).orElseThrow().destroy();
    Eventually.holds("it ended", () -> ProcessHandle.of(pid).isEmpty());
    resize("1g");
    Eventually.equal("state", "exited 5", () -> state(running));
    Eventually.equal("receipts of its end", List.of(5), () -> ends(running));
    node.api().post(waiting, "start");
    Eventually.equal("state", "exited 0", () -> state(waiting));
    assertEquals("through\n", node.docker().output("run", "--rm", IMAGE, "echo", "through"));
    assertVerifies();

    node.kill();
    node.start();
    assertEquals("exited 5", state(running));
    assertEquals(List.of(5), ends(running));
    assertVerifies();
    node.docker().output("rm", running, waiting);
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void nodeThatFindsNoRoomToStartSaysWhereAndWhatToDo() throws Exception {
    long pid = Long.parseLong(Files.readString(home.resolve("node.lock")).strip());
    node.output("down");
    // A validator's native libraries go with its process, and are unpacked anew by the next.
    Eventually.holds("the process is gone", () -> ProcessHandle.of(pid).isEmpty());
    Files.writeString(home.resolve("metanode.yaml"), "ledger:\n  validator: off\n");
    fill();
    for (List<String> words : List.of(List.of("up"), List.of("up", "-d"))) {
      Finished up = node.run(words.toArray(String[]::new));
      assertEquals(1, up.exitCode(), up.output());
      assertTrue(up.output().contains("no room on the disk of " + home), up.output());
      assertTrue(up.output().contains(" bytes are free"), up.output());
      assertTrue(up.output().contains("METANODE_HOME"), up.output());
    }
    Files.delete(ballast());
    node.start();
    assertVerifies();
  }

  private String create(String name, String script) throws IOException {
    var body = EngineApi.script(IMAGE, script);
    body.withObject("HostConfig").put("NetworkMode", "none");
    return node.api().create(name, body);
  }

  private void resize(String size) {
    Program.of("mount").output("-o", "remount,size=" + size, home.toString());
  }

  private Path ballast() {
    return home.resolve("ballast");
  }

  /** Takes what room there is, also what others gave back since. */
  private void fill() throws IOException {
    try (OutputStream out =
        Files.newOutputStream(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int size : List.of(1 << 20, 4096)) {
        byte[] block = new byte[size];
        try {
          while (true) {
            out.write(block);
          }
        } catch (IOException full) {
          assertTrue(String.valueOf(full.getMessage()).contains("No space left"), full.toString());
        }
      }
    }
  }

  /**
   * What the engine says once not even receipts find room. Each try before leaves one: of a
   * refusal, or, where something gave room back since, of what was done.
   */
  private String exhaustReceipts(String id) throws IOException {
    long seen = node.receipts().size();
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      fill();
      try {
        node.api().post(id, "rename?name=other" + attempt);
        assertTrue(isDoneSince(seen, "container.rename"), "what was done has its receipt");
        seen = node.receipts().size();
      } catch (Refused refused) {
        String refusal = String.valueOf(refused.getMessage());
        if (refusal.contains("no receipt can be written")) {
          return refusal;
        }
      }
    }
    throw new AssertionError("there is room for receipts without end");
  }

  private boolean isDoneSince(long first, String operation) throws IOException {
    LogReader log = node.receipts();
    for (long index = first; index < log.size(); index++) {
      Step step = log.receipt(index).step();
      if (step.operation().equals(operation) && step.outcome() instanceof Outcome.Done) {
        return true;
      }
    }
    return false;
  }

  private String state(String id) throws IOException {
    var state = node.api().inspect(id).path("State");
    return state.path("Status").asString() + " " + state.path("ExitCode").asInt();
  }

  private List<Integer> ends(String id) throws IOException {
    LogReader log = node.receipts();
    List<Integer> ends = new ArrayList<>();
    for (long index = 0; index < log.size(); index++) {
      Step step = log.receipt(index).step();
      if (step.operation().equals("container.exit")
          && step.outcome() instanceof Outcome.Exited exited
          && step.subjects().getFirst().name().equals("container/" + id)) {
        ends.add(exited.exitCode());
      }
    }
    return ends;
  }

  private void assertVerifies() {
    Finished verified = node.run("receipts", "verify");
    assertEquals(0, verified.exitCode(), verified.output());
  }
}
