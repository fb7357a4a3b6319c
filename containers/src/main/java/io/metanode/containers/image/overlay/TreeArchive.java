package io.metanode.containers.image.overlay;

import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.sys.Syscalls.FileStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes a directory tree as a tar archive, names sorted. Sockets are left out. */
final class TreeArchive {

  private record Inode(long device, long number) {}

  private final Path root;
  private final Syscalls syscalls;
  private final TarEntries tar;
  private final Map<Inode, String> seen = new HashMap<>();

  private TreeArchive(Path root, Syscalls syscalls, TarEntries tar) {
    this.root = root;
    this.syscalls = syscalls;
    this.tar = tar;
  }

  static void write(Path root, Syscalls syscalls, OutputStream target) throws IOException {
    try (TarEntries tar = new TarEntries(target)) {
      new TreeArchive(root, syscalls, tar).children(root);
    }
  }

  private void children(Path directory) throws IOException {
    List<Path> sorted;
    try (Stream<Path> children = Files.list(directory)) {
      sorted = children.sorted().toList();
    } catch (NoSuchFileException e) {
      return;
    }
    for (Path child : sorted) {
      if (Files.exists(child, LinkOption.NOFOLLOW_LINKS)) {
        entry(child, syscalls.status(child));
      }
    }
  }

  private void entry(Path path, FileStatus status) throws IOException {
    String name = root.relativize(path).toString();
    switch (status.mode() & Constants.S_IFMT) {
      case Constants.S_IFDIR -> {
        put(path, header(name + "/", TarConstants.LF_DIR, status));
        children(path);
      }
      case Constants.S_IFREG -> file(path, name, status);
      case Constants.S_IFLNK -> {
        TarArchiveEntry entry = header(name, TarConstants.LF_SYMLINK, status);
        entry.setLinkName(Files.readSymbolicLink(path).toString());
        put(path, entry);
      }
      case Constants.S_IFCHR -> put(path, device(name, TarConstants.LF_CHR, status));
      case Constants.S_IFBLK -> put(path, device(name, TarConstants.LF_BLK, status));
      case Constants.S_IFIFO -> put(path, header(name, TarConstants.LF_FIFO, status));
      default -> {
        // a socket: tar has no form for it
      }
    }
  }

  private void file(Path path, String name, FileStatus status) throws IOException {
    String first =
        status.links() > 1
            ? seen.putIfAbsent(new Inode(status.device(), status.inode()), name)
            : null;
    if (first != null) {
      TarArchiveEntry link = header(name, TarConstants.LF_LINK, status);
      link.setLinkName(first);
      tar.put(link, Map.of(), InputStream.nullInputStream());
      return;
    }
    TarArchiveEntry entry = header(name, TarConstants.LF_NORMAL, status);
    try (InputStream content = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      entry.setSize(status.size());
      tar.put(entry, attributes(path), content);
    }
  }

  private void put(Path path, TarArchiveEntry entry) throws IOException {
    Map<String, byte[]> attributes = entry.isSymbolicLink() ? Map.of() : attributes(path);
    tar.put(entry, attributes, InputStream.nullInputStream());
  }

  private static TarArchiveEntry device(String name, byte type, FileStatus status) {
    TarArchiveEntry entry = header(name, type, status);
    entry.setDevMajor((int) Constants.deviceMajor(status.specialDevice()));
    entry.setDevMinor((int) Constants.deviceMinor(status.specialDevice()));
    return entry;
  }

  private static TarArchiveEntry header(String name, byte type, FileStatus status) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setMode(status.mode() & 07777);
    entry.setUserId(Integer.toUnsignedLong(status.uid()));
    entry.setGroupId(Integer.toUnsignedLong(status.gid()));
    entry.setModTime(status.modifySeconds() * 1000);
    return entry;
  }

  /** The attributes that belong to the file rather than to this host. */
  private Map<String, byte[]> attributes(Path path) throws IOException {
    Map<String, byte[]> kept = new LinkedHashMap<>();
    syscalls
        .extendedAttributes(path)
        .forEach(
            (name, value) -> {
              if (name.startsWith("user.") || name.equals("security.capability")) {
                kept.put(name, value);
              }
            });
    return kept;
  }
}
