package io.metanode.containers.image.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.containers.image.Commands;
import io.metanode.containers.image.TarBuilder;
import io.metanode.containers.sys.LinuxSyscalls;
import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.sys.Syscalls.FileStatus;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerUnpackIT {

  private static final UnpackLimits SMALL = new UnpackLimits(1 << 20, 20, 1 << 16, 50, 300, 0);

  @TempDir private Path directory;
  private final Syscalls syscalls = new LinuxSyscalls();

  @BeforeEach
  void needRoot() {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
  }

  private Path unpack(TarBuilder tar) throws IOException {
    return unpack(tar.bytes(), UnpackLimits.DEFAULT);
  }

  private Path unpack(byte[] archive, UnpackLimits limits) throws IOException {
    LayerStore store = LayerStore.open(directory, syscalls, limits);
    byte[] plain = archive;
    Digest digest = TarBuilder.digest(plain);
    return store.unpack(digest, digest, List.of(), TarBuilder.stream(archive)).root();
  }

  private void refused(String reason, byte[] plain, UnpackLimits limits) throws IOException {
    refused(reason, plain, plain, limits);
  }

  private void refused(String reason, byte[] plain, byte[] archive, UnpackLimits limits)
      throws IOException {
    LayerStore store = LayerStore.open(directory, syscalls, limits);
    Digest digest = TarBuilder.digest(plain);
    IOException refusal =
        assertThrows(
            IOException.class,
            () -> store.unpack(digest, digest, List.of(), TarBuilder.stream(archive)));
    assertTrue(String.valueOf(refusal.getMessage()).contains(reason), refusal.getMessage());
    try (Stream<Path> left = Files.list(directory.resolve("layers"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void keepsOwnerModeTimesLinksAndLongNames() throws Exception {
    String longName = "d/" + "x".repeat(200) + "/" + "ü".repeat(60);
    Path root =
        unpack(
            new TarBuilder()
                .directory("d", 01777)
                .file(
                    "d/su",
                    "x",
                    entry -> {
                      entry.setMode(04755);
                      entry.setUserId(3_000_000_000L);
                      entry.setGroupId(7);
                      entry.setModTime(1_000_000_000_000L);
                    })
                .hardLink("d/same", "d/su")
                .symlink("d/link", "/nowhere")
                .device("d/null", 1, 3)
                .file(longName, "long"));
    FileStatus status = syscalls.status(root.resolve("d/su"));
    assertEquals(04755, status.mode() & 07777);
    assertEquals(3_000_000_000L, Integer.toUnsignedLong(status.uid()));
    assertEquals(1_000_000_000L, status.modifySeconds());
    assertEquals(2, status.links());
    assertEquals(status.inode(), syscalls.status(root.resolve("d/same")).inode());
    assertEquals(01777, syscalls.status(root.resolve("d")).mode() & 07777);
    assertEquals(Path.of("/nowhere"), Files.readSymbolicLink(root.resolve("d/link")));
    assertEquals(0x103, syscalls.status(root.resolve("d/null")).specialDevice());
    assertEquals("long", Files.readString(root.resolve(longName)));
  }

  @Test
  void keepsBinaryAttributes() throws Exception {
    byte[] capability = HexFormat.of().parseHex("0100000280c0ff0000000000c300000000000000");
    Path root =
        unpack(
            new TarBuilder()
                .file("before", "1")
                .withRecords(
                    "a/file",
                    "content",
                    Map.of(
                        "SCHILY.xattr.security.capability",
                        capability,
                        "SCHILY.xattr.user.x",
                        new byte[] {0, 10, (byte) 0xff},
                        "SCHILY.xattr.trusted.overlay.redirect",
                        new byte[] {'/'})));
    Map<String, byte[]> attributes = syscalls.extendedAttributes(root.resolve("a/file"));
    assertArrayEquals(capability, attributes.get("security.capability"));
    assertArrayEquals(new byte[] {0, 10, (byte) 0xff}, attributes.get("user.x"));
    assertFalse(attributes.containsKey("trusted.overlay.redirect"));
  }

  @Test
  void makesWhiteoutsOverlayfsUnderstands() throws Exception {
    Path root =
        unpack(
            new TarBuilder()
                .file("a/.wh.gone", "")
                .file("o/.wh..wh..opq", "")
                .file("o/new", "1")
                .file("both/.wh.x", "")
                .directory("both/x", 0755));
    assertTrue(Whiteouts.isWhiteout(syscalls.status(root.resolve("a/gone"))));
    assertTrue(Whiteouts.isOpaque(root.resolve("o"), syscalls));
    assertTrue(Whiteouts.isOpaque(root.resolve("both/x"), syscalls));
  }

  @Test
  void sparseFilesStaySparse() throws Exception {
    Path big = directory.resolve("big");
    Commands.check("truncate", "-s", "50M", big.toString());
    Commands.check("sh", "-c", "printf end | dd of=" + big + " bs=1 seek=40000000 conv=notrunc");
    for (String format : List.of("gnu", "posix")) {
      Path tar = directory.resolve(format + ".tar");
      Commands.check(
          "tar", "-S", "-H", format, "-C", directory.toString(), "-cf", tar.toString(), "big");
      Path file = unpack(Files.readAllBytes(tar), UnpackLimits.DEFAULT).resolve("big");
      assertEquals(-1, Files.mismatch(big, file), format);
      assertTrue(syscalls.status(file).blocks512() < 1000, format);
    }
  }

  @Test
  void readsEveryCompression() throws Exception {
    Path plain = directory.resolve("plain.tar");
    Files.write(plain, new TarBuilder().file("f", "text").bytes());
    Digest diffId = TarBuilder.digest(Files.readAllBytes(plain));
    for (String program : List.of("gzip", "zstd", "bzip2")) {
      if (!Commands.has(program)) {
        continue;
      }
      Path packed = directory.resolve(program);
      Commands.check("sh", "-c", program + " -c " + plain + " > " + packed);
      Path home = Files.createDirectory(directory.resolve(program + ".d"));
      LayerStore store = LayerStore.open(home, syscalls, UnpackLimits.DEFAULT);
      Layer layer =
          store.unpack(diffId, diffId, List.of(), TarBuilder.stream(Files.readAllBytes(packed)));
      assertEquals("text", Files.readString(layer.root().resolve("f")), program);
    }
  }

  @Test
  void linksNeverLeadOutside() throws Exception {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Path root =
        unpack(
            new TarBuilder()
                .symlink("abs", outside.toString())
                .file("abs/file", "1")
                .symlink("up", "../../../../../../.." + outside)
                .file("up/file2", "2")
                .symlink("loop", "ok/../..")
                .file("loop/file3", "3")
                .file("/absolute", "4"));
    try (Stream<Path> escaped = Files.list(outside)) {
      assertEquals(0, escaped.count());
    }
    Path inside = root.resolve(outside.toString().substring(1));
    assertEquals("1", Files.readString(inside.resolve("file")));
    assertEquals("2", Files.readString(inside.resolve("file2")));
    assertEquals("3", Files.readString(root.resolve("file3")));
    assertEquals("4", Files.readString(root.resolve("absolute")));
  }

  @Test
  void refusesWhatClimbsOut() throws Exception {
    UnpackLimits limits = UnpackLimits.DEFAULT;
    refused("outside", new TarBuilder().file("../x", "1").bytes(), limits);
    refused("outside", new TarBuilder().file("a/../../x", "1").bytes(), limits);
    refused("outside", new TarBuilder().hardLink("x", "../../etc/passwd").bytes(), limits);
    refused("no such file", new TarBuilder().hardLink("x", "/etc/passwd").bytes(), limits);
    refused(
        "no such file",
        new TarBuilder().symlink("s", "/etc").hardLink("x", "s/passwd").bytes(),
        limits);
    refused("not a directory", new TarBuilder().file("f", "1").file("f/x", "1").bytes(), limits);
    refused(
        "symbolic links",
        new TarBuilder().symlink("a", "b").symlink("b", "a").file("a/x", "1").bytes(),
        limits);
    refused("whiteout of nothing", new TarBuilder().file("a/.wh...", "").bytes(), limits);
    refused("not a directory", new TarBuilder().symlink(".", "/etc").bytes(), limits);
  }

  @Test
  void refusesBombs() throws Exception {
    byte[] zeros = new TarBuilder().file("zeros", "0".repeat(1 << 19)).bytes();
    refused("decompression bomb", zeros, TarBuilder.gzip(zeros), SMALL);
    TarBuilder many = new TarBuilder();
    for (int i = 0; i < 60; i++) {
      many.device("d" + i, 1, 3);
    }
    refused("more than 50 entries", many.bytes(), SMALL);
    refused("path longer", new TarBuilder().file("x/".repeat(200) + "f", "1").bytes(), SMALL);
    refused(
        "more than 1048576 bytes", new TarBuilder().file("f", "0".repeat(2 << 20)).bytes(), SMALL);
    Commands.check("truncate", "-s", "1G", directory.resolve("hole").toString());
    Path sparse = directory.resolve("hole.tar");
    Commands.check("tar", "-S", "-C", directory.toString(), "-cf", sparse.toString(), "hole");
    refused("more than 1048576 bytes", Files.readAllBytes(sparse), SMALL);
  }

  @Test
  void refusesTruncationAndWrongDigests() throws Exception {
    UnpackLimits limits = UnpackLimits.DEFAULT;
    byte[] whole = new TarBuilder().file("a", "x".repeat(5000)).bytes();
    refused("runcated", whole, Arrays.copyOf(whole, 3000), limits);
    byte[] packed = TarBuilder.gzip(whole);
    refused("damaged archive", whole, Arrays.copyOf(packed, packed.length - 10), limits);
    byte[] other = new TarBuilder().file("b", "1").bytes();
    refused("digest mismatch", whole, other, limits);
  }

  @Test
  void aLaterEntryReplacesAnEarlierOfAnotherType() throws Exception {
    Path root =
        unpack(
            new TarBuilder()
                .directory("x", 0755)
                .file("x/inner", "1")
                .file("x", "file now")
                .symlink("l", "/etc")
                .directory("l", 0700)
                .file("l/f", "2"));
    assertEquals("file now", Files.readString(root.resolve("x")));
    assertTrue(Files.isDirectory(root.resolve("l"), LinkOption.NOFOLLOW_LINKS));
    assertEquals("2", Files.readString(root.resolve("l/f")));
  }

  @Test
  void whatACrashLeftIsRemoved() throws Exception {
    Path half = Files.createDirectories(directory.resolve("layers/tmp-1/fs"));
    Files.writeString(half.resolve("f"), "half");
    Path unmarked = Files.createDirectories(directory.resolve("layers/0123456789abcdef/fs"));
    LayerStore.open(directory, syscalls, UnpackLimits.DEFAULT);
    assertFalse(Files.exists(half));
    assertFalse(Files.exists(unmarked));
  }
}
