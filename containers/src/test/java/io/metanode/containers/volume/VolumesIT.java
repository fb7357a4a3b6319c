package io.metanode.containers.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageFixture;
import io.metanode.receipts.Step;
import io.metanode.testkit.Gen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumesIT {

  @TempDir private Path directory;
  private ImageFixture fixture;
  private Volumes volumes;
  private final Map<String, List<String>> users = new HashMap<>();

  @BeforeEach
  void open() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    fixture = new ImageFixture(directory.resolve("home"));
    volumes = reopen();
  }

  private Volumes reopen() throws Exception {
    return new Volumes(
        LocalVolumes.open(fixture.home, fixture.syscalls, fixture.clock),
        name -> users.getOrDefault(name, List.of()),
        fixture.operations,
        fixture.bus,
        fixture.syscalls,
        fixture.clock,
        new Gen(1));
  }

  private Volume create(String name, Map<String, String> labels) throws Exception {
    return volumes.create(ImageFixture.ACTOR, name, "", Map.of(), labels);
  }

  @Test
  void volumesOutliveTheEngine() throws Exception {
    Volume made = create("data", Map.of("a", "b"));
    Files.writeString(made.data().resolve("f"), "kept");
    Files.createDirectories(fixture.home.resolve("volumes/.new-7/_data"));
    Volume found = reopen().require("data");
    assertEquals(made, found);
    assertEquals("kept", Files.readString(found.data().resolve("f")));
    assertFalse(Files.exists(fixture.home.resolve("volumes/.new-7")));
  }

  @Test
  void creatingAgainReturnsTheSameAndIsReceiptedToo() throws Exception {
    Volume first = create("data", Map.of());
    assertEquals(first, create("data", Map.of("other", "label")));
    assertEquals(
        List.of("volume.create", "volume.create"),
        fixture.receipts.steps().stream().map(Step::operation).toList());
  }

  @Test
  void refusesHostileNames() {
    for (String name : List.of("..", ".", "a/b", "../x", "-x", ".x", "a", "a\u0000b", "ä1")) {
      ApiException refusal = assertThrows(ApiException.class, () -> create(name, Map.of()), name);
      assertEquals(400, refusal.status());
    }
    assertEquals(List.of(), volumes.all());
  }

  @Test
  void anUnusedVolumeGoesAndAUsedOneStays() throws Exception {
    create("free", Map.of());
    create("busy", Map.of());
    create("", Map.of());
    users.put("busy", List.of("c1", "c2"));
    ApiException refusal =
        assertThrows(ApiException.class, () -> volumes.remove(ImageFixture.ACTOR, "busy", true));
    assertEquals("remove busy: volume is in use - [c1, c2]", refusal.getMessage());
    Volumes.Pruned pruned = volumes.prune(ImageFixture.ACTOR, volumes.all(), "");
    assertEquals(2, pruned.names().size());
    assertTrue(pruned.names().contains("free"));
    assertEquals(List.of("busy"), volumes.all().stream().map(Volume::name).toList());
    volumes.remove(ImageFixture.ACTOR, "absent", true);
    assertThrows(ApiException.class, () -> volumes.remove(ImageFixture.ACTOR, "absent", false));
  }

  @Test
  void anEmptyVolumeTakesWhatTheImageHas() throws Exception {
    Path root = directory.resolve("root");
    Files.createDirectories(root.resolve("real/sub"));
    Files.writeString(root.resolve("real/f"), "1");
    Files.createLink(root.resolve("real/sub/same"), root.resolve("real/f"));
    Files.createSymbolicLink(root.resolve("real/l"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(root.resolve("link"), Path.of("/real"));
    fixture.syscalls.changeOwner(root.resolve("real"), 12, 34);
    fixture.syscalls.changeMode(root.resolve("real"), 01770);
    Volume volume = create("data", Map.of());
    volumes.fill(volume.data(), root, "/link");
    Path data = volume.data();
    assertEquals("1", Files.readString(data.resolve("f")));
    assertEquals(
        fixture.syscalls.status(data.resolve("f")).inode(),
        fixture.syscalls.status(data.resolve("sub/same")).inode());
    assertEquals(Path.of("/etc/passwd"), Files.readSymbolicLink(data.resolve("l")));
    assertEquals(12, fixture.syscalls.status(data).uid());
    assertEquals(01770, fixture.syscalls.status(data).mode() & 07777);
    Files.delete(data.resolve("f"));
    volumes.fill(volume.data(), root, "/link");
    assertFalse(Files.exists(data.resolve("f")), "it was no longer empty");
  }

  @Test
  void fillingNeverLeavesTheRoot() throws Exception {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "1");
    Path root = Files.createDirectory(directory.resolve("root"));
    Files.createSymbolicLink(root.resolve("up"), Path.of("../outside"));
    Files.createSymbolicLink(root.resolve("abs"), outside);
    Files.writeString(root.resolve("file"), "not a directory");
    Volume volume = create("data", Map.of());
    for (String destination : List.of("/up", "/abs", "/../outside", "/file", "/missing")) {
      volumes.fill(volume.data(), root, destination);
      try (Stream<Path> files = Files.list(volume.data())) {
        assertEquals(0, files.count(), destination);
      }
    }
  }
}
