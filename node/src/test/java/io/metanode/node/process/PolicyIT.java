package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.cli.process.Finished;
import io.metanode.receipts.LogReader;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A node under a policy that denies. */
final class PolicyIT {

  private static final String IMAGE = "metanode/policy:latest";
  private static final String POLICY =
      """
      version: 1
      default: allow
      rules:
        - name: no-exec
          effect: deny
          operations: [container.exec]
          reason: ask the operator on duty
        - name: no-attach
          effect: deny
          operations: [container.attach]
          reason: read the logs
        - name: no-privileges
          effect: deny
          operations: [container.create]
          attributes:
            privileged: "true"
      """;

  @TempDir(cleanup = CleanupMode.NEVER)
  Path home;

  private TestNode node = new TestNode(Path.of("/nonexistent"));

  @BeforeEach
  void start() throws Exception {
    node = TestNode.under(POLICY, home, IMAGE);
  }

  @AfterEach
  void stop() throws Exception {
    if (Files.exists(home.resolve("node.lock"))) {
      node.close();
    }
  }

  @Test
  void deniedExecIsReceiptedAndNotExecuted() throws Exception {
    String id = node.docker().output("run", "-d", IMAGE, "sleep", "1000").strip();
    String pid = node.docker().output("inspect", "--format", "{{.State.Pid}}", id).strip();
    Finished exec = node.docker().run("exec", id, "touch", "/done");
    assertNotEquals(0, exec.exitCode());
    assertTrue(exec.output().contains("no-exec: ask the operator on duty"), exec.output());
    assertFalse(Files.exists(Path.of("/proc", pid, "root/done")), "nothing was executed");
    assertTrue(Files.exists(Path.of("/proc", pid, "root/bin")), "that is where it would be");
    Step denied = only(denied());
    assertEquals("container.exec", denied.operation());
    assertEquals("no-exec", denied.verdict().rule());
    assertEquals("container/" + id, denied.subjects().getFirst().name());
    node.docker().output("rm", "-f", id);
    assertEquals(0, node.run("receipts", "verify").exitCode());
  }

  @Test
  void deniedAttachmentTellsWhy() throws Exception {
    String id = node.docker().output("run", "-d", IMAGE, "sleep", "1000").strip();
    Finished attach = node.docker().run("attach", id);
    assertEquals(1, attach.exitCode(), attach.output());
    assertTrue(attach.output().contains("no-attach: read the logs"), attach.output());
    assertEquals("container.attach", only(denied()).operation());
    var refused =
        assertThrows(EngineApi.Refused.class, () -> node.api().post(id, "attach?stream=1"));
    assertTrue(String.valueOf(refused.getMessage()).contains(": 403 "), refused::toString);
    node.docker().output("rm", "-f", id);
  }

  @Test
  void containerWhoseAttachmentIsDeniedIsNotStarted() throws Exception {
    assertNotEquals(0, node.docker().run("run", "--name", "seen", IMAGE, "true").exitCode());
    assertEquals(
        "created\n", node.docker().output("inspect", "--format", "{{.State.Status}}", "seen"));
    node.docker().output("rm", "seen");
  }

  @Test
  void deniedCreationLeavesNoContainer() throws Exception {
    Finished run = node.docker().run("run", "--privileged", IMAGE, "true");
    assertEquals(125, run.exitCode(), run.output());
    assertTrue(run.output().contains("no-privileges"), run.output());
    assertEquals(List.of(), node.api().ids());
    assertEquals("container.create", only(denied()).operation());
  }

  private static Step only(List<Step> steps) {
    assertEquals(1, steps.size(), steps.toString());
    return steps.getFirst();
  }

  private List<Step> denied() throws IOException {
    LogReader log = node.receipts();
    List<Step> denied = new ArrayList<>();
    for (long index = 0; index < log.size(); index++) {
      Step step = log.receipt(index).step();
      if (!step.verdict().allowed()) {
        assertEquals(new Outcome.Denied(), step.outcome());
        denied.add(step);
      }
    }
    return denied;
  }
}
