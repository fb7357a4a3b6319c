package io.metanode.containers.buildkit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.buildkit.wire.Stat;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.containers.sys.LinuxSyscalls;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReceivedTreeTest {

  @TempDir Path directory;

  /** They make no file until all is there, so nothing but their number bounds them. */
  @Test
  void hardLinksCountAsFiles() throws Exception {
    UnpackLimits limits = new UnpackLimits(1 << 20, 200, 1 << 20, 3, 100, 0);
    ReceivedTree tree = new ReceivedTree(directory.resolve("tree"), new LinuxSyscalls(), limits);
    tree.add(file("a").build());
    tree.add(file("b").setLinkname("a").build());
    tree.add(file("c").setLinkname("a").build());
    ApiException refused =
        assertThrows(ApiException.class, () -> tree.add(file("d").setLinkname("a").build()));
    assertTrue(refused.getMessage().contains("more than 3 files"), refused.getMessage());
  }

  private static Stat.Builder file(String path) {
    return Stat.newBuilder().setPath(path).setMode(0644);
  }
}
