package io.metanode.containers.files;

import io.metanode.containers.image.overlay.TarEntries;
import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.SyscallException;
import io.metanode.containers.sys.Syscalls.FileStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes a file, or a directory and all below it, as a tar archive, names sorted. Sockets are left
 * out, and what vanishes meanwhile. What is mounted below is archived too.
 */
public final class ArchiveOutput {

  /** Longer paths could not be opened again; the bound also keeps few directories open at once. */
  private static final int LONGEST_NAME = 4096;

  private record Inode(long device, long number) {}

  private final FileView view;
  private final TarEntries tar;
  private final Map<Inode, String> seen = new HashMap<>();

  private ArchiveOutput(FileView view, TarEntries tar) {
    this.view = view;
    this.tar = tar;
  }

  /**
   * @param name what the archive calls the file
   */
  public static void write(FileView view, OpenFile file, String name, OutputStream target)
      throws IOException {
    try (TarEntries tar = new TarEntries(target)) {
      new ArchiveOutput(view, tar).entry(file, name);
    }
  }

  private void entry(OpenFile file, String name) throws IOException {
    FileStatus status = file.status();
    if (name.length() > LONGEST_NAME) {
      throw new SyscallException("open", name, Constants.ENAMETOOLONG, "File name too long");
    }
    switch (status.mode() & Constants.S_IFMT) {
      case Constants.S_IFDIR -> directory(file, name.endsWith("/") ? name : name + "/");
      case Constants.S_IFREG -> regular(file, name);
      case Constants.S_IFLNK -> {
        TarArchiveEntry link = TarEntries.header(name, TarConstants.LF_SYMLINK, status);
        link.setLinkName(file.syscalls().readLink(file.fd()));
        put(link);
      }
      case Constants.S_IFCHR -> put(TarEntries.device(name, TarConstants.LF_CHR, status));
      case Constants.S_IFBLK -> put(TarEntries.device(name, TarConstants.LF_BLK, status));
      case Constants.S_IFIFO -> put(TarEntries.header(name, TarConstants.LF_FIFO, status));
      default -> {
        // a socket: tar has no form for it
      }
    }
  }

  private void directory(OpenFile directory, String name) throws IOException {
    TarArchiveEntry header = TarEntries.header(name, TarConstants.LF_DIR, directory.status());
    tar.put(header, attributes(directory), InputStream.nullInputStream());
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory.path())) {
      children.forEach(child -> names.add(String.valueOf(child.getFileName())));
    }
    Collections.sort(names);
    for (String child : names) {
      OpenFile file;
      try {
        file = view.open(directory, child);
      } catch (SyscallException e) {
        if (e.errno() == Constants.ENOENT) {
          continue;
        }
        throw e;
      }
      try (file) {
        entry(file, name + child);
      }
    }
  }

  private void regular(OpenFile file, String name) throws IOException {
    FileStatus status = file.status();
    String first =
        status.links() > 1
            ? seen.putIfAbsent(new Inode(status.device(), status.inode()), name)
            : null;
    if (first != null) {
      TarArchiveEntry link = TarEntries.header(name, TarConstants.LF_LINK, status);
      link.setLinkName(first);
      put(link);
      return;
    }
    TarArchiveEntry entry = TarEntries.header(name, TarConstants.LF_NORMAL, status);
    try (InputStream content = Files.newInputStream(file.path())) {
      entry.setSize(status.size());
      tar.put(entry, attributes(file), content);
    }
  }

  private void put(TarArchiveEntry entry) throws IOException {
    tar.put(entry, Map.of(), InputStream.nullInputStream());
  }

  private static Map<String, byte[]> attributes(OpenFile file) throws IOException {
    return TarEntries.kept(file.syscalls().extendedAttributes(file.fd()));
  }
}
