package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.cli.process.Finished;
import io.metanode.receipts.LogReader;
import io.metanode.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The node is killed in the middle of a pull. */
final class PullCrashIT {

  @TempDir(cleanup = CleanupMode.NEVER)
  private Path home;

  @Test
  void leavesNothingHalfMadeAndThePullCanBeMadeAgain() throws Exception {
    TestNode.assumeRootAnd("runc", "nft", "docker");
    try (StallingRegistry registry = new StallingRegistry();
        TestNode node = new TestNode(home)) {
      node.start();
      Process pull = node.docker().start(home.resolve("pull.log"), "pull", registry.image());
      Eventually.holds(
          "the lower layer is unpacked and the upper one is half here",
          () ->
              registry.isHalfWay() && names("layers").stream().anyMatch(n -> !n.startsWith("tmp")));
      assertTrue(names("tmp").size() > 0);
      node.kill();
      assertTrue(pull.waitFor() != 0);

      node.start();
      assertEquals("", node.docker().output("images", "-q"));
      for (String folder : List.of("tmp", "layers", "records", "blobs/sha256")) {
        assertEquals(List.of(), names(folder), folder);
      }
      registry.goOn();
      Finished again = node.docker().run("pull", registry.image());
      assertTrue(again.succeeded(), again.output());
      assertEquals(2, names("layers").size());
      assertEquals(List.of(), names("tmp"));
      assertEquals(1, receipted(node));
    }
  }

  private List<String> names(String folder) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("engine/images").resolve(folder))) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  private static int receipted(TestNode node) throws IOException {
    LogReader log = node.receipts();
    List<String> pulls = new ArrayList<>();
    for (long i = 0; i < log.size(); i++) {
      String operation = log.receipt(i).step().operation();
      if (operation.equals("image.pull")) {
        pulls.add(operation);
      }
    }
    return pulls.size();
  }
}
