package io.metanode.containers.image.overlay;

import io.metanode.containers.image.Snapshot.Archived;
import io.metanode.containers.image.layer.Whiteouts;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes a directory tree as a tar archive, names sorted. Sockets are left out. As a layer, what
 * hides something below is written as the OCI's whiteouts.
 */
public final class TreeArchive {

  private enum Kind {
    /** All files as they are. */
    TREE,
    /** The upper directory of an overlay, which is left as it is. */
    CHANGES,
    /** One that becomes a layer: made to be exactly what its archive says. */
    LAYER
  }

  private record Inode(long device, long number) {}

  private final Path root;
  private final Syscalls syscalls;
  private final TarEntries tar;
  private final Kind kind;
  private final Map<Inode, String> seen = new HashMap<>();
  private long entries;
  private long bytes;

  private TreeArchive(Path root, Syscalls syscalls, TarEntries tar, Kind kind) {
    this.root = root;
    this.syscalls = syscalls;
    this.tar = tar;
    this.kind = kind;
  }

  static void write(Path root, Syscalls syscalls, OutputStream target) throws IOException {
    write(root, syscalls, target, Kind.TREE);
  }

  /** The changes an upper directory holds. */
  static Archived changes(Path upper, Syscalls syscalls, OutputStream target) throws IOException {
    return write(upper, syscalls, target, Kind.CHANGES);
  }

  /**
   * A layer's archive from its files, which become what unpacking the archive would give: times to
   * the second, no sockets.
   */
  public static Archived layer(Path files, Syscalls syscalls, OutputStream target)
      throws IOException {
    return write(files, syscalls, target, Kind.LAYER);
  }

  private static Archived write(Path root, Syscalls syscalls, OutputStream target, Kind kind)
      throws IOException {
    try (TarEntries tar = new TarEntries(target)) {
      TreeArchive archive = new TreeArchive(root, syscalls, tar, kind);
      archive.children(root);
      return new Archived(archive.entries, archive.bytes);
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
    if (kind != Kind.TREE && isLeftOut(path, name, status)) {
      return;
    }
    if ((status.mode() & Constants.S_IFMT) == Constants.S_IFSOCK) {
      if (kind == Kind.LAYER) {
        Files.delete(path); // tar has no form for it
      }
    } else {
      put(path, name, status);
    }
    if (kind == Kind.LAYER && status.modifyNanos() != 0) {
      long seconds = status.modifySeconds();
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        syscalls.setTimes(path, seconds, 0, seconds, 0);
      }
    }
  }

  /** Whether an entry was written as a whiteout, or is none of the container's doing. */
  private boolean isLeftOut(Path path, String name, FileStatus status) throws IOException {
    if (Whiteouts.isWhiteout(status)) {
      marker(Whiteouts.archiveName(name));
      return true;
    }
    // Made by the runtime to mount the engine's own files at, where an image had removed them.
    boolean mountPoint = status.size() == 0 && InitLayer.FILES.contains(name);
    if (mountPoint && kind == Kind.LAYER) {
      Files.delete(path);
    }
    return mountPoint;
  }

  private void marker(String name) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL);
    entry.setMode(0600);
    entry.setModTime(0);
    tar.put(entry, Map.of(), InputStream.nullInputStream());
    entries++;
  }

  private void put(Path path, String name, FileStatus status) throws IOException {
    int type = status.mode() & Constants.S_IFMT;
    Optional<String> first =
        type == Constants.S_IFREG && status.links() > 1
            ? Optional.ofNullable(
                seen.putIfAbsent(new Inode(status.device(), status.inode()), name))
            : Optional.empty();
    Map<String, byte[]> attributes = type == Constants.S_IFLNK ? Map.of() : attributes(path);
    tar.put(name, path, status, first, attributes);
    entries++;
    if (type == Constants.S_IFDIR) {
      if (kind != Kind.TREE && Whiteouts.isOpaque(path, syscalls)) {
        marker(name + "/" + Whiteouts.OPAQUE_MARK);
      }
      children(path);
    } else if (type == Constants.S_IFREG && first.isEmpty()) {
      bytes += status.size();
    }
  }

  private Map<String, byte[]> attributes(Path path) throws IOException {
    return TarEntries.kept(syscalls.extendedAttributes(path));
  }
}
