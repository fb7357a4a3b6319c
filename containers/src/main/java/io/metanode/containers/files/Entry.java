package io.metanode.containers.files;

import io.metanode.containers.image.layer.ArchiveException;
import io.metanode.containers.image.layer.FileContent;
import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.SyscallException;
import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** One name of a directory, about to become what an archive's entry says. */
final class Entry {

  private static final int DIRECTORY_MODE = 0755;
  private static final String OVERLAY_ATTRIBUTES = ".overlay.";

  private final FileView view;
  private final OpenFile parent;
  private final String name;
  private final TarArchiveEntry entry;
  private final Syscalls syscalls;

  Entry(FileView view, OpenFile parent, String name, TarArchiveEntry entry) {
    this.view = view;
    this.parent = parent;
    this.name = name;
    this.entry = entry;
    syscalls = parent.syscalls();
  }

  /** What has the name now. */
  Optional<OpenFile> present() throws IOException {
    try {
      return Optional.of(view.open(parent, name));
    } catch (SyscallException e) {
      if (e.errno() == Constants.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  SyscallException failure(int errno, String description) {
    String place = parent.placeText();
    return new SyscallException(
        "open", (place.equals("/") ? "" : place) + "/" + name, errno, description);
  }

  /** Removes a file, or a directory with all below it, by its name. */
  void remove(OpenFile file) throws IOException {
    remove(parent, name, file);
  }

  private static void remove(OpenFile parent, String name, OpenFile file) throws IOException {
    if (file.isDirectory()) {
      List<String> names = new ArrayList<>();
      try (DirectoryStream<Path> children = Files.newDirectoryStream(file.path())) {
        children.forEach(child -> names.add(String.valueOf(child.getFileName())));
      }
      for (String child : names) {
        int fd =
            file.syscalls().open(file.child(child), Constants.O_PATH | Constants.O_NOFOLLOW, 0);
        try (OpenFile below =
            new OpenFile(
                fd, file.syscalls().status(fd), file.place(), file.writable(), file.syscalls())) {
          remove(file, child, below);
        }
      }
    }
    Files.deleteIfExists(parent.child(name));
  }

  static void makeDirectory(OpenFile parent, String name) throws IOException {
    if (!parent.writable()) {
      throw new SyscallException(
          "mkdir", parent.placeText() + "/" + name, Constants.EROFS, "read-only file system");
    }
    Files.createDirectory(parent.child(name));
    int fd = parent.syscalls().open(parent.child(name), directoryFlags(), 0);
    try {
      parent.syscalls().changeMode(fd, DIRECTORY_MODE);
    } finally {
      parent.syscalls().close(fd);
    }
  }

  private static int directoryFlags() {
    return Constants.O_PATH | Constants.O_NOFOLLOW | Constants.O_DIRECTORY;
  }

  /** Makes a hard link to a file of the same archive, or one that is there already. */
  OpenFile link(FileView view, List<String> target, OpenFile base) throws IOException {
    if (target.isEmpty()) {
      throw new ArchiveException("hard link " + entry.getName() + " to a directory");
    }
    String above = String.join("/", target.subList(0, target.size() - 1));
    try (OpenFile directory = view.open(base.placeText() + "/" + above + "/", true);
        OpenFile file = view.open(directory, target.getLast())) {
      if (file.isDirectory()) {
        throw failure(Constants.EPERM, "operation not permitted");
      }
      Files.createLink(parent.child(name), directory.child(target.getLast()));
      return view.open(parent, name);
    }
  }

  /**
   * Makes what the entry says.
   *
   * @param merged whether its directory is there already
   * @return it, still without owner, mode and time
   */
  OpenFile create(InputStream content, boolean merged) throws IOException {
    Path path = parent.child(name);
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (entry.isDirectory()) {
      if (!merged) {
        Files.createDirectory(path);
      }
    } else if (entry.isCharacterDevice()) {
      makeNode(path, Constants.S_IFCHR);
    } else if (entry.isBlockDevice()) {
      makeNode(path, Constants.S_IFBLK);
    } else if (entry.isFIFO()) {
      syscalls.makeNode(path, Constants.S_IFIFO | 0600, 0);
    } else if (entry.isFile()) {
      return regular(path, content);
    } else {
      throw new ArchiveException(
          "the archive has an entry of unknown type " + (char) entry.getLinkFlag());
    }
    OpenFile made = view.open(parent, name);
    if (made.isDirectory() != entry.isDirectory() || made.isLink() != entry.isSymbolicLink()) {
      made.close();
      throw failure(Constants.EBUSY, "replaced by another while it was made");
    }
    return made;
  }

  private void makeNode(Path path, int type) throws IOException {
    long device = Constants.makeDevice(entry.getDevMajor(), entry.getDevMinor());
    syscalls.makeNode(path, type | 0600, device);
  }

  /** The file that is dated and given away is the one that was written, whatever has its name. */
  private OpenFile regular(Path path, InputStream content) throws IOException {
    int flags = Constants.O_CREAT | Constants.O_EXCL | Constants.O_NOFOLLOW | Constants.O_RDWR;
    int fd = syscalls.open(path, flags, 0600);
    try {
      OpenFile file =
          new OpenFile(fd, syscalls.status(fd), parent.place(), parent.writable(), syscalls);
      FileContent.write(file.path(), content);
      return file;
    } catch (IOException | RuntimeException e) {
      syscalls.close(fd);
      throw e;
    }
  }

  /** As Docker: an attribute this file system or file type cannot have is left out. */
  static void attribute(OpenFile file, String name, byte[] value) throws IOException {
    if (name.contains(OVERLAY_ATTRIBUTES)) {
      return; // the overlay's own bookkeeping is not the archive's to write
    }
    try {
      file.syscalls().setExtendedAttribute(file.fd(), name, value);
    } catch (SyscallException e) {
      if (e.errno() != Constants.ENOTSUP && e.errno() != Constants.EPERM) {
        throw e;
      }
    }
  }
}
