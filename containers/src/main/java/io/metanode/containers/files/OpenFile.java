package io.metanode.containers.files;

import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.sys.Syscalls.FileStatus;
import java.nio.file.Path;
import java.util.List;

/**
 * A file held by an O_PATH descriptor: what is done to it is done to this very file.
 *
 * @param place where it was found, a name for each directory on the way; no links among them
 * @param writable whether the file system it lies in may be written
 */
public record OpenFile(
    int fd, FileStatus status, List<String> place, boolean writable, Syscalls syscalls)
    implements AutoCloseable {

  public OpenFile {
    place = List.copyOf(place);
  }

  private int type() {
    return status.mode() & Constants.S_IFMT;
  }

  public boolean isDirectory() {
    return type() == Constants.S_IFDIR;
  }

  public boolean isLink() {
    return type() == Constants.S_IFLNK;
  }

  public boolean isRegular() {
    return type() == Constants.S_IFREG;
  }

  /** A path of the file itself, good while it is open. */
  public Path path() {
    return Path.of("/proc/self/fd", Integer.toString(fd));
  }

  /**
   * A path of one of a directory's names, good while the directory is open.
   *
   * @param name without a slash, neither {@code .} nor {@code ..}
   */
  public Path child(String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
      throw new IllegalArgumentException("not a name: " + name);
    }
    return path().resolve(name);
  }

  /** As containers write it, for example {@code /etc/hosts}. */
  public String placeText() {
    return "/" + String.join("/", place);
  }

  @Override
  public void close() {
    syscalls.close(fd);
  }
}
