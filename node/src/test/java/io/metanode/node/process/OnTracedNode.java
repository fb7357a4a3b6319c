package io.metanode.node.process;

import io.metanode.cli.BusyboxImage;
import io.metanode.node.process.HostTraces.Traced;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A node for each test, with an image, of which what it leaves on the host can be told. */
abstract class OnTracedNode {

  @TempDir(cleanup = CleanupMode.NEVER)
  Path home;

  TestNode node = new TestNode(Path.of("/nonexistent"));
  Traced traced = new Traced(Path.of("/nonexistent"), Path.of("/nonexistent"), "");

  private final String image;

  OnTracedNode(String image) {
    this.image = image;
  }

  @BeforeEach
  void start() throws Exception {
    TestNode.assumeRootAnd("runc", "nft", "docker", "busybox");
    node = new TestNode(home);
    node.start();
    BusyboxImage.ensure(node.docker(), image, home.resolve("image.tar"));
    traced = Traced.of(node);
  }

  @AfterEach
  void stop() throws Exception {
    if (Files.exists(home.resolve("node.lock"))) {
      node.close();
    }
  }
}
