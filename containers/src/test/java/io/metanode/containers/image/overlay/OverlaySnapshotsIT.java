package io.metanode.containers.image.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.containers.image.Commands;
import io.metanode.containers.image.Image;
import io.metanode.containers.image.ImageFixture;
import io.metanode.containers.image.LoadProgress;
import io.metanode.containers.image.Snapshot;
import io.metanode.containers.image.TarBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlaySnapshotsIT {

  @TempDir private Path directory;
  private ImageFixture fixture;
  private OverlaySnapshots snapshots;

  @BeforeEach
  void open() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    assumeTrue(
        Files.readString(Path.of("/proc/filesystems")).contains("overlay"), "needs overlayfs");
    fixture = new ImageFixture(directory.resolve("home"));
    snapshots =
        OverlaySnapshots.open(
            fixture.home, fixture.store.layers(), fixture.syscalls, Runnable::run);
  }

  @AfterEach
  void removeAll() throws Exception {
    if (snapshots != null) {
      snapshots.removeAllExcept(Set.of());
    }
  }

  private Image image(String name, byte[]... layers) throws Exception {
    fixture.images.load(
        ImageFixture.ACTOR,
        TarBuilder.stream(TarBuilder.dockerArchive(name, layers)),
        LoadProgress.NONE);
    return fixture.store.resolve(name);
  }

  private Image base() throws Exception {
    return image(
        "base:1",
        new TarBuilder()
            .directory("etc", 0750)
            .file("etc/hosts", "from the image")
            .file("etc/keep", "keep")
            .file("etc/gone", "gone")
            .directory("whole", 0755)
            .file("whole/old", "old")
            .file("a", "twin")
            .hardLink("b", "a")
            .bytes(),
        new TarBuilder()
            .file("etc/.wh.gone", "")
            .file("whole/.wh..wh..opq", "")
            .file("whole/new", "new")
            .bytes());
  }

  @Test
  void showsTheMergedLayersAndTheMountPoints() throws Exception {
    Path root = snapshots.create("c1", base()).mount(false);
    assertEquals("keep", Files.readString(root.resolve("etc/keep")));
    assertFalse(Files.exists(root.resolve("etc/gone")));
    assertFalse(Files.exists(root.resolve("whole/old")));
    assertEquals("new", Files.readString(root.resolve("whole/new")));
    assertEquals("from the image", Files.readString(root.resolve("etc/hosts")));
    assertEquals(0750, fixture.syscalls.status(root.resolve("etc")).mode() & 07777);
    assertTrue(Files.isDirectory(root.resolve("proc")));
    assertTrue(Files.exists(root.resolve("etc/resolv.conf")));
    assertTrue(Files.exists(root.resolve(".dockerenv")));
    assertEquals(
        fixture.syscalls.status(root.resolve("a")).inode(),
        fixture.syscalls.status(root.resolve("b")).inode());
  }

  @Test
  void whoReadsItDoesNotUnmountWhatItsContainerUses() throws Exception {
    Snapshot snapshot = snapshots.create("c1", base());
    Path keep;
    try (Snapshot.Held first = snapshot.hold()) {
      keep = first.root().resolve("etc/keep");
      try (Snapshot.Held second = snapshot.hold()) {
        assertEquals(first.root(), second.root());
      }
      assertTrue(Files.exists(keep), "somebody else still reads");
      snapshot.mount(false);
    }
    assertTrue(Files.exists(keep), "its container runs");
    try (Snapshot.Held held = snapshot.hold()) {
      snapshot.unmount();
      assertTrue(Files.exists(held.root().resolve("etc/keep")), "its container ended meanwhile");
    }
    assertFalse(Files.exists(keep));
  }

  @Test
  void mounts127LayersUnderALongPath() throws Exception {
    byte[][] layers = new byte[127][];
    for (int i = 0; i < layers.length; i++) {
      layers[i] = new TarBuilder().file("f" + i, "n" + i).file("same", "from " + i).bytes();
    }
    Image image = image("deep:1", layers);
    Path root = snapshots.create("c1", image).mount(false);
    assertEquals("n0", Files.readString(root.resolve("f0")));
    assertEquals("n126", Files.readString(root.resolve("f126")));
    assertEquals("from 126", Files.readString(root.resolve("same")));
    byte[][] tooMany = java.util.Arrays.copyOf(layers, 128);
    tooMany[127] = new TarBuilder().file("x", "x").bytes();
    assertThrows(Exception.class, () -> image("deep:2", tooMany));
  }

  @Test
  void mountsUnderAPathWithSeparators() throws Exception {
    ImageFixture odd = new ImageFixture(directory.resolve("a:b,c\\d"));
    OverlaySnapshots own =
        OverlaySnapshots.open(odd.home, odd.store.layers(), odd.syscalls, Runnable::run);
    odd.images.load(
        ImageFixture.ACTOR,
        TarBuilder.stream(TarBuilder.dockerArchive("x:1", new TarBuilder().file("f", "1").bytes())),
        LoadProgress.NONE);
    Snapshot snapshot = own.create("c", odd.store.resolve("x:1"));
    assertEquals("1", Files.readString(snapshot.mount(false).resolve("f")));
    snapshot.remove();
  }

  @Test
  void tellsChangesAsDockerDoes() throws Exception {
    Snapshot snapshot = snapshots.create("c1", base());
    Path root = snapshot.mount(false);
    assertEquals(List.of(), snapshot.changes());
    Files.createDirectories(root.resolve("new/deep"));
    Files.writeString(root.resolve("new/deep/file"), "1");
    Files.writeString(root.resolve("etc/keep"), "changed");
    Files.delete(root.resolve("whole/new"));
    Commands.check("rm", "-r", root.resolve("whole").toString());
    Files.createDirectory(root.resolve("whole"));
    Files.writeString(root.resolve("whole/other"), "1");
    Commands.check("chmod", "600", root.resolve("a").toString());
    Files.delete(root.resolve("etc/hosts"));
    List<String> told =
        snapshot.changes().stream().map(change -> change.kind() + change.path()).toList();
    assertEquals(
        List.of(
            "0/a",
            "0/etc",
            "2/etc/hosts",
            "0/etc/keep",
            "1/new",
            "1/new/deep",
            "1/new/deep/file",
            "0/whole",
            "2/whole/new",
            "1/whole/other"),
        told);
  }

  @Test
  void exportsAWholeFileSystem() throws Exception {
    Snapshot snapshot = snapshots.create("c1", base());
    Files.writeString(snapshot.mount(false).resolve("added"), "1");
    Commands.check(
        "chown", "12:34", directory.resolve("home/snapshots/c1/merged/added").toString());
    snapshot.unmount();
    Path tar = directory.resolve("out.tar");
    try (OutputStream out = Files.newOutputStream(tar)) {
      snapshot.export(out);
    }
    String listing = Commands.check("tar", "--numeric-owner", "-tvf", tar.toString());
    assertTrue(listing.contains("12/34"), listing);
    assertTrue(listing.contains("b link to a"), listing);
    assertFalse(listing.contains("gone"), listing);
  }

  @Test
  void findsSnapshotsAgainAndClaimsTheirLayers() throws Exception {
    Image image = base();
    Snapshot before = snapshots.create("c1", image);
    Files.writeString(before.mount(false).resolve("mine"), "1");
    ImageFixture again = new ImageFixture(fixture.home);
    OverlaySnapshots reopened =
        OverlaySnapshots.open(again.home, again.store.layers(), again.syscalls, Runnable::run);
    again.images.remove(ImageFixture.ACTOR, "base:1", true, true);
    again.store.collect();
    Snapshot found = reopened.open("c1").orElseThrow();
    assertEquals("1", Files.readString(found.mount(false).resolve("mine")));
    found.unmount();
    assertEquals("keep", Files.readString(found.mount(false).resolve("etc/keep")));
    assertTrue(found.writtenBytes() > 0);
    found.remove();
    assertEquals(2, again.store.collect().layers().size());
    snapshots = reopened;
  }

  @Test
  void discardableChangesSurviveAnEngineRestartButNotAMachineCrash() throws Exception {
    Snapshot snapshot = snapshots.create("c1", base());
    Files.writeString(snapshot.mount(true).resolve("mine"), "1");
    snapshot.unmount();
    assertEquals("1", Files.readString(snapshot.mount(false).resolve("mine")));
    snapshot.unmount();
    Files.writeString(snapshot.mount(true).resolve("mine"), "2");
    snapshot.unmount();
    Files.writeString(fixture.home.resolve("snapshots/c1/discardable"), "another boot");
    Path root = snapshot.mount(false);
    assertFalse(Files.exists(root.resolve("mine")));
    assertEquals("keep", Files.readString(root.resolve("etc/keep")));
  }

  @Test
  void removesWhatACrashLeft() throws Exception {
    snapshots.create("c1", base()).mount(false);
    snapshots.create("c2", fixture.store.resolve("base:1")).mount(false);
    OverlaySnapshots reopened =
        OverlaySnapshots.open(
            fixture.home, fixture.store.layers(), fixture.syscalls, Runnable::run);
    reopened.removeAllExcept(Set.of("c2"));
    assertFalse(Files.exists(fixture.home.resolve("snapshots/c1")));
    assertTrue(reopened.open("c2").isPresent());
    assertTrue(reopened.open("c1").isEmpty());
    assertThrows(IOException.class, () -> reopened.create("c2", fixture.store.resolve("base:1")));
    assertThrows(
        IOException.class, () -> reopened.create("../c3", fixture.store.resolve("base:1")));
  }
}
