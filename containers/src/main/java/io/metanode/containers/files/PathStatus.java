package io.metanode.containers.files;

import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.Syscalls.FileStatus;
import java.time.Instant;

/**
 * What {@code docker cp} is told of a path before anything is copied.
 *
 * @param name the last name of the path
 * @param size in bytes
 * @param mode as Go's {@code fs.FileMode}: permissions and, above them, bits for types
 * @param modified when its content last changed
 * @param linkTarget where a link leads in the end, an absolute path in the container; else empty
 */
public record PathStatus(String name, long size, long mode, Instant modified, String linkTarget) {

  private static final long DIRECTORY = 1L << 31;
  private static final long LINK = 1L << 27;
  private static final long DEVICE = 1L << 26;
  private static final long PIPE = 1L << 25;
  private static final long SOCKET = 1L << 24;
  private static final long SET_USER = 1L << 23;
  private static final long SET_GROUP = 1L << 22;
  private static final long CHARACTERS = 1L << 21;
  private static final long STICKY = 1L << 20;

  static PathStatus of(String name, FileStatus status, String linkTarget) {
    return new PathStatus(
        name,
        status.size(),
        mode(status.mode()),
        Instant.ofEpochSecond(status.modifySeconds(), status.modifyNanos()),
        linkTarget);
  }

  private static long mode(int mode) {
    long type =
        switch (mode & Constants.S_IFMT) {
          case Constants.S_IFDIR -> DIRECTORY;
          case Constants.S_IFLNK -> LINK;
          case Constants.S_IFBLK -> DEVICE;
          case Constants.S_IFCHR -> DEVICE | CHARACTERS;
          case Constants.S_IFIFO -> PIPE;
          case Constants.S_IFSOCK -> SOCKET;
          default -> 0;
        };
    return (mode & 0777)
        | type
        | ((mode & Constants.S_ISUID) != 0 ? SET_USER : 0)
        | ((mode & Constants.S_ISGID) != 0 ? SET_GROUP : 0)
        | ((mode & Constants.S_ISVTX) != 0 ? STICKY : 0);
  }
}
