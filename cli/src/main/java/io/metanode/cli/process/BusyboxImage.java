package io.metanode.cli.process;

import io.metanode.cli.CommandException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A root file system made of this host's static busybox, so that a first container needs no
 * registry. The same busybox gives the same bytes.
 */
public final class BusyboxImage {

  private static final List<Path> PLACES =
      List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox"), Path.of("/bin/busybox.static"));

  private BusyboxImage() {}

  /**
   * Imports the image under a name unless the engine has it.
   *
   * @param draft a file for the archive on its way; removed afterwards
   * @return true if it was made now
   */
  public static boolean ensure(Program docker, String name, Path draft) throws IOException {
    if (docker.run("image", "inspect", name).succeeded()) {
      return false;
    }
    try (OutputStream out = Files.newOutputStream(draft)) {
      write(out);
      docker.output(
          "import",
          "--change",
          "ENV PATH=/bin",
          "--change",
          "CMD [\"/bin/sh\"]",
          draft.toString(),
          name);
    } finally {
      Files.deleteIfExists(draft);
    }
    return true;
  }

  /** Whether this host has a busybox to make it of. */
  public static boolean isPossible() {
    return PLACES.stream().anyMatch(Files::isExecutable);
  }

  /** Writes the archive that {@link #ensure} imports. */
  public static void write(OutputStream out) throws IOException {
    Path busybox =
        PLACES.stream()
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(() -> new CommandException("no busybox; apt-get install busybox-static"));
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (String folder : List.of("bin", "dev", "etc", "proc", "root", "sys", "tmp")) {
        TarArchiveEntry entry = new TarArchiveEntry(folder + "/");
        entry.setMode(folder.equals("tmp") ? 01777 : 0755);
        put(tar, entry, new byte[0]);
      }
      file(
          tar,
          "etc/passwd",
          0644,
          text("root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534::/:\n"));
      file(tar, "etc/group", 0644, text("root:x:0:\nnobody:x:65534:\n"));
      file(tar, "bin/busybox", 0755, Files.readAllBytes(busybox));
      for (String applet : Program.of(busybox.toString()).output("--list").lines().toList()) {
        if (!applet.isBlank() && !applet.equals("busybox")) {
          TarArchiveEntry link = new TarArchiveEntry("bin/" + applet, TarConstants.LF_SYMLINK);
          link.setLinkName("busybox");
          put(tar, link, new byte[0]);
        }
      }
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void file(TarArchiveOutputStream tar, String name, int mode, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setMode(mode);
    put(tar, entry, content);
  }

  private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] content)
      throws IOException {
    entry.setModTime(0);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
