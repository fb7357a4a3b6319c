package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.image.Commands;
import io.metanode.foundation.SystemClock;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import io.metanode.receipts.Subject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code docker cp} by the real client: what receipts say of it, and what it leaves mounted. */
@Timeout(120)
class DockerCopyIT extends WithDockLock {

  private static List<Step> receiptsOf(String operation, Instant since) throws Exception {
    return fixture.receipts().since(since).stream()
        .filter(step -> step.operation().equals(operation))
        .toList();
  }

  @Test
  void bothDirectionsLeaveReceiptsOfWhatWent() throws Exception {
    Instant begun = SystemClock.INSTANCE.now();
    fixture.docker("create", "--name", "quiet", "bb");
    Path file = Files.writeString(fixture.directory().resolve("one"), "one\n");
    fixture.docker("cp", file.toString(), "quiet:/tmp/one");
    Path tar = fixture.directory().resolve("out.tar");
    Commands.check(
        "sh", "-c", String.join(" ", fixture.command("cp", "quiet:/tmp/one", "-")) + " > " + tar);

    assertEquals(1, receiptsOf("container.copy-in", begun).size());
    Step out = receiptsOf("container.copy-out", begun).getLast();
    Subject archive = out.subjects().getLast();
    byte[] bytes = Files.readAllBytes(tar);
    assertEquals("archive/tmp/one?bytes=" + bytes.length, archive.name());
    assertEquals(
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)),
        archive.digest().hex());

    assertNotEquals(0, fixture.attempt("cp", "quiet:/nosuch", "-").exit());
    assertNotEquals(0, fixture.attempt("cp", "nosuch:/tmp", "-").exit());
    fixture.docker("rm", "quiet");
    assertFalse(Commands.check("cat", "/proc/mounts").contains(fixture.directory().toString()));
  }

  @Test
  void copyingFromAContainerThatStopsLeavesNothingMounted() throws Exception {
    fixture.docker(
        "run",
        "-d",
        "--name",
        "big",
        "bb",
        "sh",
        "-c",
        "dd if=/dev/zero of=/tmp/big bs=1M count=400 2>/dev/null; sleep 100");
    fixture.docker(
        "exec",
        "big",
        "sh",
        "-c",
        "until [ $(stat -c %s /tmp/big) = 419430400 ]; do sleep 0.1; done");
    Process copy =
        new ProcessBuilder(fixture.command("cp", "big:/tmp/big", "-"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    fixture.docker("kill", "big");
    assertEquals(0, copy.waitFor());
    fixture.docker("start", "big");
    fixture.docker("rm", "-f", "big");
    String mounts = "";
    for (int i = 0; i < 100 && (i == 0 || mounts.contains(fixture.directory().toString())); i++) {
      mounts = Commands.check("sh", "-c", "sleep 0.1; cat /proc/mounts");
    }
    assertFalse(mounts.contains(fixture.directory().toString()), mounts);
  }

  @Test
  void aFailedCopyIsReceiptedAsFailed() throws Exception {
    Instant begun = SystemClock.INSTANCE.now();
    fixture.docker("create", "--name", "readonly", "--read-only", "bb");
    Path file = Files.writeString(fixture.directory().resolve("two"), "two\n");
    Commands.Output refused = fixture.attempt("cp", file.toString(), "readonly:/tmp/two");
    assertNotEquals(0, refused.exit());
    Step last = receiptsOf("container.copy-in", begun).getLast();
    assertTrue(
        last.outcome() instanceof Outcome.Failed failed && failed.error().contains("read-only"),
        last.toString());
    fixture.docker("rm", "readonly");
  }
}
