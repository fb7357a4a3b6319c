package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.image.Commands;
import io.metanode.foundation.Digest;
import io.metanode.policy.Decision;
import io.metanode.receipts.LogReader;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import io.metanode.receipts.Subject;
import io.metanode.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mounts of images, across restarts of containers and engines, by the real client. */
@Timeout(120)
class ImageMountsIT {

  private static final Digest POLICY = new Digest("0".repeat(64));

  private static DockLockFixture fixture;

  @BeforeAll
  static void open() throws Exception {
    fixture =
        new DockLockFixture(
            request -> {
              boolean denied =
                  request.operation().equals("image.mount")
                      && "denied".equals(request.attributes().get("image"));
              return new Decision(
                  denied ? Decision.Effect.DENY : Decision.Effect.ALLOW, "rule", POLICY, "no");
            });
    fixture.importBusybox();
  }

  @BeforeEach
  void makeImages() throws Exception {
    Path files = Files.createTempDirectory("mn-files");
    Path archive = Files.createTempFile("mn-files", ".tar");
    Files.writeString(files.resolve("word"), "of the image\n");
    Commands.check("tar", "-C", files.toString(), "-cf", archive.toString(), ".");
    fixture.docker("import", archive.toString(), "files");
    fixture.docker("tag", "files", "denied");
    // What had these names before may have the same layer: archives tell seconds.
    fixture.docker("image", "prune", "-f");
    Commands.check("rm", "-r", files.toString(), archive.toString());
  }

  @AfterEach
  void sweep() throws Exception {
    for (String id : fixture.docker("ps", "-aq").lines().toList()) {
      fixture.docker("rm", "-f", id);
    }
    Eventually.equal("file systems", 0L, ImageMountsIT::fileSystems);
  }

  @AfterAll
  static void close() throws Exception {
    if (fixture != null) {
      fixture.close();
    }
  }

  private static long fileSystems() throws IOException {
    try (Stream<Path> all = Files.list(fixture.directory().resolve("home/snapshots"))) {
      return all.filter(one -> one.getFileName().toString().length() >= 64).count();
    }
  }

  private static void run(String name, String mount) throws Exception {
    fixture.docker("run", "-d", "--name", name, "--mount", mount, "bb", "sleep", "300");
  }

  private static String read(String name) throws Exception {
    return fixture.docker("exec", name, "cat", "/x/word");
  }

  @Test
  void filesStayWhenTheImageGoes() throws Exception {
    run("cc", "type=image,source=files,target=/x");
    String id = fixture.docker("inspect", "-f", "{{.Id}}", "cc");
    fixture.docker("rmi", "denied");
    Commands.Output refused = fixture.attempt("rmi", "files");
    assertTrue(
        refused.text().contains("container " + id.substring(0, 12) + " is using its referenced"),
        refused.text());
    fixture.docker("rmi", "-f", "files");
    assertEquals("of the image", read("cc"));
    fixture.docker("restart", "-t", "0", "cc");
    assertEquals("of the image", read("cc"));
    fixture.reopen();
    assertEquals("of the image", read("cc"), "it ran on");
    fixture.docker("restart", "-t", "0", "cc");
    assertEquals("of the image", read("cc"), "started by an engine that did not make it");
    fixture.docker("stop", "-t", "0", "cc");
    Path copy = fixture.directory().resolve("copy");
    fixture.docker("cp", "cc:/x/word", copy.toString());
    assertEquals("of the image\n", Files.readString(copy));
  }

  @Test
  void theLayersGoWithTheLastThatMountsThem() throws Exception {
    run("cc", "type=image,source=files,target=/x");
    long before = layers();
    fixture.docker("rmi", "-f", "files", "denied");
    assertEquals(before, layers());
    fixture.docker("rm", "-f", "cc");
    Eventually.equal("file systems", 0L, ImageMountsIT::fileSystems);
    fixture.reopen();
    assertEquals(before - 1, layers());
  }

  private static long layers() throws IOException {
    try (Stream<Path> all = Files.list(fixture.directory().resolve("home/images/layers"))) {
      return all.filter(Files::isDirectory).count();
    }
  }

  @Test
  void othersShareTheMount() throws Exception {
    run("cc", "type=image,source=files,target=/x");
    fixture.docker("rm", "-f", "cc");
    fixture.docker(
        "create", "--name", "cc", "--mount", "type=image,source=files,target=/x", "bb", "true");
    assertEquals(
        "of the image",
        fixture.docker("run", "--rm", "--volumes-from", "cc", "bb", "cat", "/x/word"));
  }

  @Test
  void policyAndReceiptsTellOfIt() throws Exception {
    Commands.Output refused =
        fixture.attempt(
            "create", "--name", "no", "--mount", "type=image,source=denied,target=/x", "bb");
    assertNotEquals(0, refused.exit());
    assertEquals(List.of(), fixture.docker("ps", "-aq").lines().toList());
    fixture.docker("create", "--name", "cc", "--mount", "type=image,source=files,target=/x", "bb");
    List<Step> steps = steps();
    Step mounted = last(steps, "image.mount");
    assertEquals(List.of("image/files"), names(mounted));
    assertEquals(List.of("image/bb", "image/files"), names(last(steps, "container.create")));
    Step denied =
        steps.stream()
            .filter(step -> step.operation().equals("image.mount"))
            .filter(step -> names(step).equals(List.of("image/denied")))
            .findFirst()
            .orElseThrow();
    assertTrue(denied.outcome() instanceof Outcome.Denied, denied.outcome().toString());
  }

  private static List<Step> steps() throws IOException {
    List<Step> steps = new ArrayList<>();
    LogReader log = LogReader.open(fixture.directory().resolve("receipts"));
    for (long index = 0; index < log.size(); index++) {
      steps.add(log.receipt(index).step());
    }
    return steps;
  }

  private static Step last(List<Step> steps, String operation) {
    return steps.stream()
        .filter(step -> step.operation().equals(operation))
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  private static List<String> names(Step step) {
    return step.subjects().stream()
        .map(Subject::name)
        .filter(name -> name.startsWith("image/"))
        .sorted()
        .toList();
  }
}
