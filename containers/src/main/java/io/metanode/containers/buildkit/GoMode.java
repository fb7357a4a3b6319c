package io.metanode.containers.buildkit;

import io.metanode.containers.sys.Constants;

/** Types and permissions of files as Go's {@code os.FileMode} has them, and fsutil's packets. */
final class GoMode {

  static final int DIRECTORY = 1 << 31;
  static final int LINK = 1 << 27;
  static final int FIFO = 1 << 25;

  private static final int DEVICE = 1 << 26;
  private static final int SOCKET = 1 << 24;
  private static final int SETUID = 1 << 23;
  private static final int SETGID = 1 << 22;
  private static final int CHARACTERS = 1 << 21;
  private static final int STICKY = 1 << 20;
  private static final int IRREGULAR = 1 << 19;

  /** What is no regular file has one of these. */
  static final int TYPES = DIRECTORY | LINK | DEVICE | FIFO | SOCKET | CHARACTERS | IRREGULAR;

  private GoMode() {}

  /** The permissions as {@code chmod} takes them. */
  static int permissions(int goMode) {
    return (goMode & 0777)
        | ((goMode & SETUID) != 0 ? 04000 : 0)
        | ((goMode & SETGID) != 0 ? 02000 : 0)
        | ((goMode & STICKY) != 0 ? 01000 : 0);
  }

  /**
   * @param mode as {@code lstat} gives it
   */
  static int of(int mode) {
    int type =
        switch (mode & Constants.S_IFMT) {
          case Constants.S_IFDIR -> DIRECTORY;
          case Constants.S_IFLNK -> LINK;
          case Constants.S_IFIFO -> FIFO;
          case Constants.S_IFBLK -> DEVICE;
          case Constants.S_IFCHR -> DEVICE | CHARACTERS;
          case Constants.S_IFSOCK -> SOCKET;
          default -> 0;
        };
    return type
        | (mode & 0777)
        | ((mode & 04000) != 0 ? SETUID : 0)
        | ((mode & 02000) != 0 ? SETGID : 0)
        | ((mode & 01000) != 0 ? STICKY : 0);
  }
}
