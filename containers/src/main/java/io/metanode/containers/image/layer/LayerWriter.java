package io.metanode.containers.image.layer;

import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.SyscallException;
import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.sys.Syscalls.FileStatus;
import io.metanode.foundation.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** Makes the entries of one layer archive below a root. */
final class LayerWriter {

  private static final long MOST_ID = 0xFFFF_FFFEL;
  private static final String OVERLAY_ATTRIBUTES = ".overlay.";

  private final Path root;
  private final RootedPaths paths;
  private final Syscalls syscalls;
  private final Budget budget;
  private final List<Dated> directories = new ArrayList<>();

  private record Dated(Path path, Instant modified) {}

  LayerWriter(Path root, List<Path> lowers, Syscalls syscalls, Budget budget) {
    this.root = root;
    this.paths = new RootedPaths(root, lowers, syscalls);
    this.syscalls = syscalls;
    this.budget = budget;
  }

  void write(TarArchiveEntry entry, InputStream content, Map<String, byte[]> attributes)
      throws IOException {
    List<String> components = RootedPaths.components(entry.getName());
    String last = components.isEmpty() ? "" : components.getLast();
    if (last.startsWith(Whiteouts.PREFIX)) {
      whiteout(components, last);
      return;
    }
    Path path = paths.place(components);
    boolean opaque = clear(path, entry);
    make(path, entry, content);
    if (!entry.isLink()) {
      apply(path, entry, attributes);
    }
    if (opaque) {
      Whiteouts.makeOpaque(path, syscalls);
    }
  }

  private void whiteout(List<String> components, String last) throws IOException {
    List<String> parent = components.subList(0, components.size() - 1);
    if (last.equals(Whiteouts.OPAQUE_MARK)) {
      Whiteouts.makeOpaque(paths.directory(parent), syscalls);
      return;
    }
    if (last.startsWith(Whiteouts.META_PREFIX)) {
      return;
    }
    String hidden = last.substring(Whiteouts.PREFIX.length());
    if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
      throw new ArchiveException("the archive has a whiteout of nothing: " + last);
    }
    Path path = paths.directory(parent).resolve(hidden);
    // A whiteout hides what is below this layer, never what the layer itself brings.
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      Whiteouts.makeOpaque(path, syscalls);
    } else if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Whiteouts.makeWhiteout(path, syscalls);
    }
  }

  /**
   * Removes what an entry replaces.
   *
   * @return whether the new entry must stay opaque, because it replaces a whiteout by a directory
   */
  private boolean clear(Path path, TarArchiveEntry entry) throws IOException {
    if (path.equals(root)) {
      if (!entry.isDirectory()) {
        throw new ArchiveException("the root of the archive is not a directory");
      }
      return false;
    }
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    FileStatus status = syscalls.status(path);
    boolean isDirectory = (status.mode() & Constants.S_IFMT) == Constants.S_IFDIR;
    if (isDirectory && entry.isDirectory()) {
      return false;
    }
    DurableFiles.removeTree(path);
    paths.forget();
    return Whiteouts.isWhiteout(status) && entry.isDirectory();
  }

  private void make(Path path, TarArchiveEntry entry, InputStream content) throws IOException {
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      Path target = paths.place(RootedPaths.components(entry.getLinkName()));
      if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)
          || Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new ArchiveException(
            "hard link " + entry.getName() + " to " + entry.getLinkName() + ": no such file");
      }
      Files.createLink(path, target);
    } else if (entry.isDirectory()) {
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(path);
      }
    } else if (entry.isCharacterDevice()) {
      makeNode(path, Constants.S_IFCHR, entry);
    } else if (entry.isBlockDevice()) {
      makeNode(path, Constants.S_IFBLK, entry);
    } else if (entry.isFIFO()) {
      syscalls.makeNode(path, Constants.S_IFIFO | 0600, 0);
    } else if (entry.isFile()) {
      budget.file(entry.getRealSize());
      FileContent.write(path, content, entry.isSparse(), budget);
    } else {
      throw new ArchiveException(
          "the archive has an entry of unknown type " + (char) entry.getLinkFlag());
    }
  }

  private void makeNode(Path path, int type, TarArchiveEntry entry) throws IOException {
    long device = Constants.makeDevice(entry.getDevMajor(), entry.getDevMinor());
    syscalls.makeNode(path, type | 0600, device);
  }

  private void apply(Path path, TarArchiveEntry entry, Map<String, byte[]> attributes)
      throws IOException {
    long uid = entry.getLongUserId();
    long gid = entry.getLongGroupId();
    if (uid < 0 || gid < 0 || uid > MOST_ID || gid > MOST_ID) {
      throw new ArchiveException("the archive has an owner out of range: " + uid + ":" + gid);
    }
    syscalls.changeOwner(path, (int) uid, (int) gid);
    if (!entry.isSymbolicLink()) {
      syscalls.changeMode(path, entry.getMode() & 07777);
    }
    for (Map.Entry<String, byte[]> attribute : attributes.entrySet()) {
      setAttribute(path, attribute.getKey(), attribute.getValue());
    }
    Instant modified = entry.getLastModifiedTime().toInstant();
    if (entry.isDirectory()) {
      directories.add(new Dated(path, modified));
    } else {
      setModified(path, modified);
    }
  }

  private void setAttribute(Path path, String name, byte[] value) throws IOException {
    if (name.contains(OVERLAY_ATTRIBUTES)) {
      return; // the overlay's own bookkeeping is not the archive's to write
    }
    try {
      syscalls.setExtendedAttribute(path, name, value);
    } catch (SyscallException e) {
      // As Docker: an attribute this file system or file type cannot have is left out.
      if (e.errno() != Constants.ENOTSUP && e.errno() != Constants.EPERM) {
        throw e;
      }
    }
  }

  /** Dates the directories, once nothing is made in them any more. */
  void finish() throws IOException {
    for (Dated directory : directories.reversed()) {
      if (Files.isDirectory(directory.path(), LinkOption.NOFOLLOW_LINKS)) {
        setModified(directory.path(), directory.modified());
      }
    }
  }

  private void setModified(Path path, Instant modified) throws IOException {
    long seconds = modified.getEpochSecond();
    int nanos = modified.getNano();
    syscalls.setTimes(path, seconds, nanos, seconds, nanos);
  }
}
