package io.metanode.containers.image.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.containers.image.TarBuilder;
import io.metanode.containers.sys.LinuxSyscalls;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.Digest;
import io.metanode.foundation.DurableFiles;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random hostile archives: whatever they say, nothing outside the layer changes. */
class HostileLayerIT {

  private static final String[] PARTS = {
    "a", "b", "c", "..", ".", "", "victim", ".wh.a", ".wh.b", ".wh..wh..opq", "ä"
  };

  @TempDir private Path directory;
  private final Syscalls syscalls = new LinuxSyscalls();

  @BeforeEach
  void needRoot() {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
  }

  private String path(Gen gen) {
    String joined = String.join("/", gen.list(1, 5, g -> g.pick(PARTS)));
    return gen.oneIn(4) ? "/" + joined : joined;
  }

  private String target(Gen gen) {
    return gen.oneIn(3) ? gen.pick("/", "..", "../../victim", victim() + "/x") : path(gen);
  }

  private String victim() {
    return directory.resolve("victim").toString();
  }

  private byte[] archive(Gen gen) {
    TarBuilder tar = new TarBuilder();
    int entries = gen.intBetween(1, 15);
    for (int i = 0; i < entries; i++) {
      switch (gen.intBetween(0, 5)) {
        case 0 -> tar.directory(path(gen), 0755);
        case 1 -> tar.symlink(path(gen), target(gen));
        case 2 -> tar.hardLink(path(gen), target(gen));
        case 3 -> tar.device(path(gen), 1, 3);
        default -> tar.file(path(gen).replaceAll("/+$", "") + gen.pick("", "f"), "content");
      }
    }
    return tar.bytes();
  }

  private byte[] damaged(Gen gen, byte[] archive) {
    if (gen.oneIn(3)) {
      for (int i = 0; i < 4; i++) {
        archive[gen.intBetween(0, archive.length - 1)] ^= (byte) gen.between(1, 255);
      }
    }
    return gen.oneIn(6)
        ? java.util.Arrays.copyOf(archive, gen.intBetween(0, archive.length))
        : archive;
  }

  @Test
  void nothingOutsideTheLayerChanges() throws Exception {
    Path victim = Files.createDirectories(directory.resolve("victim"));
    Files.writeString(victim.resolve("x"), "untouched");
    int[] taken = new int[1];
    Property.check("hostile layers", 600, gen -> taken[0] += attempt(gen) ? 1 : 0);
    assertTrue(taken[0] > 50, "too few archives were taken: " + taken[0]);
  }

  /** Whether the archive was taken. */
  private boolean attempt(Gen gen) throws IOException {
    byte[] archive = damaged(gen, archive(gen));
    Path home = Files.createDirectory(directory.resolve("home"));
    LayerStore store = LayerStore.open(home, syscalls, UnpackLimits.DEFAULT);
    Digest digest = TarBuilder.digest(archive);
    boolean taken = true;
    try {
      store.unpack(digest, digest, List.of(), TarBuilder.stream(archive));
    } catch (IOException e) {
      taken = false;
      assertEquals(List.of(), names(home.resolve("layers")), "left behind");
    }
    assertEquals(List.of("home", "victim"), names(directory));
    assertEquals(List.of("layers"), names(home));
    assertEquals(List.of("x"), names(directory.resolve("victim")));
    assertEquals("untouched", Files.readString(directory.resolve("victim/x")));
    assertEquals(1, syscalls.status(directory.resolve("victim/x")).links());
    DurableFiles.removeTree(home);
    return taken;
  }

  private static List<String> names(Path path) throws IOException {
    try (Stream<Path> children = Files.list(path)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }
}
