package io.metanode.containers.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.containers.sys.LinuxSyscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UserLookupIT {

  @TempDir Path rootfs;

  private UserLookup lookup;

  @BeforeEach
  void files() throws IOException {
    Files.createDirectory(rootfs.resolve("etc"));
    Files.writeString(
        rootfs.resolve("etc/passwd"),
        "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1001::/home/app:/bin/sh\nbad line\n");
    Files.writeString(
        rootfs.resolve("etc/group"),
        "root:x:0:\napp:x:1001:\ndisk:x:6:app,other\naudio:x:29:app\n");
    lookup = new UserLookup(new LinuxSyscalls(), rootfs);
  }

  @Test
  void nameBringsItsGroupsAndHome() throws IOException {
    assertEquals(
        new UserLookup.Found(new UserIds(1000, 1001, List.of(6, 29)), "/home/app"),
        lookup.resolve("app", List.of()));
  }

  @Test
  void groupThatIsNamedReplacesThoseOfTheUser() throws IOException {
    assertEquals(
        new UserIds(1000, 6, List.of(29)), lookup.resolve("app:disk", List.of("audio")).ids());
  }

  @Test
  void numbersNeedNoEntry() throws IOException {
    assertEquals(
        new UserLookup.Found(new UserIds(4711, 12, List.of()), "/"),
        lookup.resolve("4711:12", List.of()));
    assertEquals(new UserIds(1000, 1001, List.of(6, 29)), lookup.resolve("1000", List.of()).ids());
  }

  @Test
  void nothingMeansRoot() throws IOException {
    assertEquals("/root", lookup.resolve("", List.of()).home());
    assertEquals(UserIds.ROOT, lookup.resolve("", List.of()).ids());
  }

  @Test
  void unknownNamesAreRefusedInDockersWords() {
    assertEquals(
        "unable to find user ghost: no matching entries in passwd file",
        assertThrows(IllegalArgumentException.class, () -> lookup.resolve("ghost", List.of()))
            .getMessage());
    assertEquals(
        "unable to find group ghosts: no matching entries in group file",
        assertThrows(IllegalArgumentException.class, () -> lookup.resolve("app:ghosts", List.of()))
            .getMessage());
  }

  @Test
  void linkCannotReachTheHostsUsers() throws IOException {
    Files.delete(rootfs.resolve("etc/passwd"));
    Files.createSymbolicLink(rootfs.resolve("etc/passwd"), Path.of("/etc/../../../etc/passwd"));
    assertThrows(IllegalArgumentException.class, () -> lookup.resolve("daemon", List.of()));
  }

  @Test
  void rootWithoutUserFilesHasNumbersOnly() throws IOException {
    Files.delete(rootfs.resolve("etc/passwd"));
    Files.delete(rootfs.resolve("etc/group"));
    assertEquals(new UserIds(5, 6, List.of()), lookup.resolve("5:6", List.of()).ids());
  }
}
