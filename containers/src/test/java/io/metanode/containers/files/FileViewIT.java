package io.metanode.containers.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.image.TarBuilder;
import io.metanode.containers.image.layer.ArchiveException;
import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.LinuxSyscalls;
import io.metanode.containers.sys.SyscallException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A root beside files that must never be reached from it, also while names in it are swapped. */
final class FileViewIT {

  private static final String SECRET = "the host's own";

  @TempDir Path directory;
  private final LinuxSyscalls syscalls = new LinuxSyscalls();
  private Path root = Path.of("/nonexistent");
  private Path outside = Path.of("/nonexistent");

  @BeforeEach
  void prepare() throws IOException {
    root = Files.createDirectory(directory.resolve("root"));
    outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("secret"), SECRET);
  }

  private FileView view(MountedAt... mounts) throws IOException {
    return new FileView(root, true, List.of(mounts), syscalls);
  }

  private static String content(FileView view, String path) throws IOException {
    try (OpenFile file = view.open(path, true)) {
      return Files.readString(file.path());
    }
  }

  @Test
  void linksEndWithinTheRoot() throws IOException {
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("file"), "inside");
    Files.createSymbolicLink(root.resolve("a/b/up"), Path.of("../../../../../../file"));
    Files.createSymbolicLink(root.resolve("absolute"), Path.of("/file"));
    Files.createSymbolicLink(root.resolve("out"), outside.resolve("secret"));
    Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
    try (FileView view = view()) {
      assertEquals("inside", content(view, "/a/b/up"));
      assertEquals("inside", content(view, "/absolute"));
      assertEquals("inside", content(view, "a/../../../file"));
      assertEquals(
          Constants.ENOENT,
          assertThrows(SyscallException.class, () -> content(view, "/out")).errno());
      assertEquals(
          Constants.ELOOP,
          assertThrows(SyscallException.class, () -> content(view, "/loop")).errno());
      assertEquals(outside.resolve("secret").toString(), view.target("/out"));
    }
  }

  @Test
  void mountsAreSeenWithTheirOwnRights() throws IOException {
    Path volume = Files.createDirectory(directory.resolve("volume"));
    Files.writeString(volume.resolve("v"), "in the volume");
    Files.createDirectories(root.resolve("run/data"));
    Files.createSymbolicLink(root.resolve("data"), Path.of("run/data"));
    Files.createSymbolicLink(volume.resolve("back"), Path.of("../marker"));
    Files.writeString(root.resolve("run/marker"), "beside the mount");
    try (FileView view = view(new MountedAt(volume, "/data", false))) {
      assertEquals("in the volume", content(view, "/run/data/v"));
      assertEquals("beside the mount", content(view, "/data/back"));
      try (OpenFile file = view.open("/data/v", true)) {
        assertFalse(file.writable());
        assertEquals("/run/data/v", file.placeText());
      }
    }
  }

  @Test
  void swappedNamesNeverLeadOutside() throws Exception {
    Path inside = Files.createDirectory(root.resolve("d"));
    Files.writeString(inside.resolve("secret"), "inside");
    Path link = Files.createSymbolicLink(directory.resolve("link"), outside);
    AtomicBoolean over = new AtomicBoolean();
    Thread hostile = Thread.ofPlatform().start(() -> swap(inside, link, over));
    byte[] archive = new TarBuilder().file("d/written", "by the archive").bytes();
    int made = 0;
    try (FileView view = view()) {
      for (int i = 0; i < 3000; i++) {
        try {
          assertEquals("inside", content(view, "/d/secret"));
        } catch (IOException e) {
          made++;
        }
        try (OpenFile base = view.open("/", true)) {
          ArchiveInput.read(
              new ByteArrayInputStream(archive),
              new ArchiveTarget(view, base, false, Optional.empty()));
        } catch (IOException e) {
          made++;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OpenFile base = view.open("/", true)) {
          ArchiveOutput.write(view, base, "/", out);
        } catch (IOException e) {
          made++;
        }
        assertFalse(out.toString(StandardCharsets.UTF_8).contains(SECRET));
      }
    } finally {
      over.set(true);
      hostile.join();
    }
    assertTrue(made > 0, "the names were never swapped at a bad moment");
    assertEquals(List.of("secret"), names(outside));
    assertEquals(SECRET, Files.readString(outside.resolve("secret")));
  }

  private static List<String> names(Path directory) throws IOException {
    try (var children = Files.list(directory)) {
      return children.map(child -> String.valueOf(child.getFileName())).toList();
    }
  }

  /** A directory and a link out of the root take turns under one name. */
  private static void swap(Path name, Path link, AtomicBoolean over) {
    Path aside = name.resolveSibling("aside");
    while (!over.get()) {
      try {
        Files.move(name, aside, StandardCopyOption.ATOMIC_MOVE);
        Files.copy(link, name, java.nio.file.LinkOption.NOFOLLOW_LINKS);
        Thread.onSpinWait();
        Files.deleteIfExists(name);
        Files.move(aside, name, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        try {
          if (Files.exists(aside)) {
            io.metanode.foundation.DurableFiles.removeTree(name);
            Files.move(aside, name, StandardCopyOption.ATOMIC_MOVE);
          }
        } catch (IOException again) {
          over.set(true);
        }
      }
    }
  }

  @Test
  void namesThatClimbAreRefused() throws IOException {
    byte[] archive = new TarBuilder().file("../outside/secret", "overwritten").bytes();
    try (FileView view = view();
        OpenFile base = view.open("/", true)) {
      assertThrows(
          ArchiveException.class,
          () ->
              ArchiveInput.read(
                  new ByteArrayInputStream(archive),
                  new ArchiveTarget(view, base, false, Optional.empty())));
    }
    assertEquals(SECRET, Files.readString(outside.resolve("secret")));
  }

  @Test
  void linksOfTheArchiveEndWithinTheRoot() throws IOException {
    byte[] archive =
        new TarBuilder()
            .symlink("way", outside.toString())
            .file("way/secret", "overwritten")
            .bytes();
    try (FileView view = view();
        OpenFile base = view.open("/", true)) {
      try {
        ArchiveInput.read(
            new ByteArrayInputStream(archive),
            new ArchiveTarget(view, base, false, Optional.empty()));
      } catch (IOException e) {
        assertTrue(String.valueOf(e.getMessage()).contains("way"), e.getMessage());
      }
    }
    assertEquals(SECRET, Files.readString(outside.resolve("secret")));
  }
}
