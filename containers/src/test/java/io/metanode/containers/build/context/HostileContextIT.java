package io.metanode.containers.build.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.image.TarBuilder;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.containers.sys.LinuxSyscalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contexts that mean harm: refused with a reason, and nothing written outside. */
class HostileContextIT {

  private static final UnpackLimits SMALL = new UnpackLimits(1 << 20, 10, 1 << 16, 50, 255, 0);

  @TempDir private Path directory;

  private BuildContext read(byte[] archive) throws IOException {
    return ContextReader.read(
        new ByteArrayInputStream(archive), directory.resolve("c"), new LinuxSyscalls(), SMALL);
  }

  private void refused(byte[] archive, String why) {
    IOException refusal = assertThrows(IOException.class, () -> read(archive));
    assertTrue(String.valueOf(refusal.getMessage()).contains(why), refusal.toString());
    assertFalse(Files.exists(directory.resolve("c")));
    assertFalse(Files.exists(directory.resolve("evil")));
  }

  @Test
  void namesThatClimb() {
    refused(new TarBuilder().file("../evil", "x").bytes(), "outside");
    refused(new TarBuilder().file("a/../../evil", "x").bytes(), "outside");
  }

  /** Docker takes them so, and clients send them. */
  @Test
  void namesOfSentContextsBeginAtTheRoot() throws Exception {
    byte[] archive =
        new TarBuilder().file("../evil", "x").file("a/../../b", "y").file("/c", "z").bytes();
    try (BuildContext context =
        ContextReader.sent(
            new ByteArrayInputStream(archive),
            directory.resolve("c"),
            new LinuxSyscalls(),
            SMALL)) {
      assertEquals(List.of("b", "c", "evil"), context.paths());
    }
    assertFalse(Files.exists(directory.resolve("evil")));
  }

  @Test
  void absoluteNamesLieWithin() throws Exception {
    try (BuildContext context = read(new TarBuilder().file("/etc/x", "y").bytes())) {
      assertEquals(List.of("etc", "etc/x"), context.paths());
    }
  }

  @Test
  void filesBeneathLinks() {
    refused(
        new TarBuilder().symlink("a", directory.toString()).file("a/evil", "x").bytes(),
        "which is no directory");
    refused(new TarBuilder().file("a", "x").file("a/b", "y").bytes(), "which is no directory");
  }

  @Test
  void aLinkThatIsReplacedIsNotWrittenThrough() throws Exception {
    Path outside = Files.writeString(directory.resolve("outside"), "safe");
    byte[] archive = new TarBuilder().symlink("a", outside.toString()).file("a", "x").bytes();
    try (BuildContext context = read(archive)) {
      assertEquals("safe", Files.readString(outside));
      assertTrue(context.find("a").orElseThrow().isFile());
    }
  }

  @Test
  void replacingADirectoryKeepsItsNeighbours() throws Exception {
    byte[] archive = new TarBuilder().file("a/x", "1").file("a-b", "2").file("a", "3").bytes();
    try (BuildContext context = read(archive)) {
      assertEquals(List.of("a", "a-b"), context.paths());
    }
  }

  @Test
  void linksAreFollowedWithinTheContextOnly() throws Exception {
    byte[] archive =
        new TarBuilder()
            .symlink("up", "../../../../etc/passwd")
            .symlink("root", "/etc/passwd")
            .symlink("loop", "loop")
            .file("etc/passwd", "mine")
            .bytes();
    try (BuildContext context = read(archive)) {
      assertEquals("etc/passwd", context.follow("up").orElseThrow().path());
      assertEquals("etc/passwd", context.follow("root").orElseThrow().path());
      assertThrows(IOException.class, () -> context.follow("loop"));
      assertTrue(context.follow("none").isEmpty());
    }
  }

  @Test
  void hardLinksToWhatIsNotThere() {
    refused(new TarBuilder().hardLink("a", "/etc/passwd").bytes(), "no such file");
    refused(new TarBuilder().hardLink("a", "../evil").bytes(), "outside");
    refused(new TarBuilder().symlink("s", "/etc/passwd").hardLink("a", "s").bytes(), "no such");
  }

  @Test
  void devices() {
    refused(new TarBuilder().device("null", 1, 3).bytes(), "is a device");
  }

  @Test
  void bombs() {
    refused(TarBuilder.gzip(new TarBuilder().file("a", "0".repeat(900_000)).bytes()), "bomb");
    refused(new TarBuilder().file("a", "0".repeat(2_000_000)).bytes(), "more than");
    TarBuilder many = new TarBuilder();
    for (int i = 0; i < 60; i++) {
      many.file("f" + i, "");
    }
    refused(many.bytes(), "more than 50 entries");
    refused(new TarBuilder().file("x".repeat(300), "").bytes(), "longer than 255");
  }

  @Test
  void anArchiveMayEndWithItsLastByte() throws Exception {
    byte[] whole = new TarBuilder().file("a", "x").file("b", "y".repeat(700)).bytes();
    int end = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf('y') + 1;
    try (BuildContext context = read(Arrays.copyOf(whole, end))) {
      assertEquals(List.of("a", "b"), context.paths());
      assertEquals(700, Files.size(context.find("b").orElseThrow().file()));
    }
    refused(Arrays.copyOf(whole, end - 1), "cut short");
    refused(Arrays.copyOf(whole, end - 600), "");
  }

  @Test
  void truncatedArchivesAndOtherFiles() {
    byte[] whole = new TarBuilder().file("a", "x".repeat(5000)).bytes();
    refused(Arrays.copyOf(whole, 2000), "");
    byte[] packed = TarBuilder.gzip(whole);
    refused(Arrays.copyOf(packed, packed.length / 2), "damaged");
    refused("FROM scratch\n".repeat(100).getBytes(java.nio.charset.StandardCharsets.UTF_8), "");
  }

  @Test
  void theDigestIsOfNamesModesAndContentAlone() throws Exception {
    byte[] first = new TarBuilder().file("a", "x").directory("d", 0755).bytes();
    byte[] later =
        new TarBuilder()
            .directory("d", 0755)
            .file("a", "x", entry -> entry.setModTime(1_000_000_000_000L))
            .bytes();
    byte[] other = new TarBuilder().file("a", "y").directory("d", 0755).bytes();
    var digest = digest(first);
    assertEquals(digest, digest(later));
    assertNotEquals(digest, digest(other));
  }

  private io.metanode.foundation.Digest digest(byte[] archive) throws IOException {
    try (BuildContext context = read(archive)) {
      return context.digest();
    }
  }
}
