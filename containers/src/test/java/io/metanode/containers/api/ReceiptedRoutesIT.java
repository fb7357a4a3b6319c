package io.metanode.containers.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.DockLockFixture;
import io.metanode.receipts.LogReader;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests of the real docker client that fail, or change nothing, and the receipts they leave. */
final class ReceiptedRoutesIT {

  private DockLockFixture docker;
  private long seen;

  @BeforeEach
  void open() throws Exception {
    docker = new DockLockFixture();
    docker.importBusybox();
    docker.docker("run", "-d", "--name", "runs", "--network", "none", "bb", "sleep", "600");
    docker.docker("create", "--name", "made", "--network", "none", "bb", "true");
    docker.docker("volume", "create", "kept");
    seen = docker.receipts().size();
  }

  @AfterEach
  void close() throws Exception {
    docker.close();
  }

  private List<Step> receipted() throws IOException {
    LogReader log = LogReader.open(docker.directory().resolve("receipts"));
    List<Step> steps = new ArrayList<>();
    for (; seen < log.size(); seen++) {
      steps.add(log.receipt(seen).step());
    }
    return steps;
  }

  private void assertFails(String operation, String... arguments) throws Exception {
    int code = docker.attempt(arguments).exit();
    assertFalse(code == 0, String.join(" ", arguments));
    List<Step> steps = receipted();
    assertEquals(
        List.of(operation),
        steps.stream().map(Step::operation).toList(),
        String.join(" ", arguments));
    assertTrue(steps.getFirst().outcome() instanceof Outcome.Failed, steps.toString());
    assertEquals("root", steps.getFirst().actor().name());
  }

  private void assertDone(String operation, String... arguments) throws Exception {
    docker.docker(arguments);
    List<Step> steps = receipted();
    assertEquals(
        List.of(operation),
        steps.stream().map(Step::operation).toList(),
        String.join(" ", arguments));
    assertTrue(steps.getFirst().outcome() instanceof Outcome.Done, steps.toString());
  }

  @Test
  void whatNamesNothingThatExists() throws Exception {
    assertFails("container.start", "start", "nosuch");
    assertFails("container.stop", "stop", "nosuch");
    assertFails("container.restart", "restart", "nosuch");
    assertFails("container.kill", "kill", "nosuch");
    assertFails("container.pause", "pause", "nosuch");
    assertFails("container.unpause", "unpause", "nosuch");
    assertFails("container.rename", "rename", "nosuch", "other");
    assertFails("container.remove", "rm", "nosuch");
    assertFails("container.unlink", "rm", "--link", "nosuch/alias");
    assertFails("image.tag", "tag", "nosuch", "other");
    assertFails("image.remove", "rmi", "nosuch");
    assertFails("volume.remove", "volume", "rm", "nosuch");
    assertFails("network.remove", "network", "rm", "nosuch");
  }

  @Test
  void whatIsRefusedAsItStands() throws Exception {
    assertFails("container.create", "create", "--name", "made", "bb", "true");
    assertFails("container.create", "create", "--pull", "never", "nosuch", "true");
    assertFails("container.create", "create", "--cgroup-parent", "/x/../y", "bb", "true");
    assertFails("container.kill", "kill", "made");
    assertFails("container.kill", "kill", "-s", "NOSUCH", "runs");
    assertFails("container.pause", "pause", "made");
    assertFails("container.unpause", "unpause", "runs");
    assertFails("container.rename", "rename", "made", "runs");
    assertFails("container.rename", "rename", "made", "a name");
    assertFails("container.remove", "rm", "runs");
    assertFails("container.unlink", "rm", "--link", "runs");
    assertFails("container.exec-create", "exec", "made", "true");
    assertFails("image.remove", "rmi", "bb");
    assertFails("network.create", "network", "create", "bridge");
    assertFails("network.remove", "network", "rm", "bridge");
    assertFails("volume.create", "volume", "create", "-d", "nosuch", "v");
    assertFails("volume.create", "volume", "create", "a name");
    assertFails("image.import", "import", "/proc/self/status", "bad:1");
    assertFails("image.load", "load", "-i", "/proc/self/cmdline");
  }

  @Test
  void whatChangesNothing() throws Exception {
    assertDone("container.start", "start", "runs");
    assertDone("container.stop", "stop", "made");
    assertDone("volume.create", "volume", "create", "kept");
  }
}
