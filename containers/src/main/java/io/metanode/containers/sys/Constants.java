package io.metanode.containers.sys;

/** Flags of Linux system calls, with the values of this machine's architecture. */
public final class Constants {

  // open(2)
  public static final int O_RDONLY = 0;
  public static final int O_WRONLY = 1;
  public static final int O_RDWR = 2;
  public static final int O_CREAT = 0x40;
  public static final int O_EXCL = 0x80;
  public static final int O_NOCTTY = 0x100;
  public static final int O_TRUNC = 0x200;
  public static final int O_APPEND = 0x400;
  public static final int O_NONBLOCK = 0x800;
  public static final int O_CLOEXEC = 0x80000;
  public static final int O_PATH = 0x200000;
  public static final int O_DIRECTORY = SyscallNumbers.choose(0x10000, 0x4000);
  public static final int O_NOFOLLOW = SyscallNumbers.choose(0x20000, 0x8000);

  // stat(2) and mknod(2)
  public static final int S_IFMT = 0xF000;
  public static final int S_IFSOCK = 0xC000;
  public static final int S_IFLNK = 0xA000;
  public static final int S_IFREG = 0x8000;
  public static final int S_IFBLK = 0x6000;
  public static final int S_IFDIR = 0x4000;
  public static final int S_IFCHR = 0x2000;
  public static final int S_IFIFO = 0x1000;
  public static final int S_ISUID = 0x800;
  public static final int S_ISGID = 0x400;
  public static final int S_ISVTX = 0x200;

  // mount(2)
  public static final long MS_RDONLY = 1;
  public static final long MS_NOSUID = 2;
  public static final long MS_NODEV = 4;
  public static final long MS_NOEXEC = 8;
  public static final long MS_REMOUNT = 0x20;
  public static final long MS_NOATIME = 0x400;
  public static final long MS_BIND = 0x1000;
  public static final long MS_MOVE = 0x2000;
  public static final long MS_REC = 0x4000;
  public static final long MS_UNBINDABLE = 0x20000;
  public static final long MS_PRIVATE = 0x40000;
  public static final long MS_SLAVE = 0x80000;
  public static final long MS_SHARED = 0x100000;
  public static final long MS_RELATIME = 0x200000;
  public static final long MS_STRICTATIME = 0x1000000;

  // umount2(2)
  public static final int MNT_FORCE = 1;
  public static final int MNT_DETACH = 2;
  public static final int UMOUNT_NOFOLLOW = 8;

  // unshare(2) and setns(2)
  public static final int CLONE_NEWNS = 0x20000;
  public static final int CLONE_NEWCGROUP = 0x2000000;
  public static final int CLONE_NEWUTS = 0x4000000;
  public static final int CLONE_NEWIPC = 0x8000000;
  public static final int CLONE_NEWUSER = 0x10000000;
  public static final int CLONE_NEWPID = 0x20000000;
  public static final int CLONE_NEWNET = 0x40000000;

  // socket(2)
  public static final int AF_UNIX = 1;
  public static final int AF_INET = 2;
  public static final int AF_INET6 = 10;
  public static final int AF_NETLINK = 16;
  public static final int SOCK_STREAM = 1;
  public static final int SOCK_DGRAM = 2;
  public static final int SOCK_RAW = 3;
  public static final int SOCK_SEQPACKET = 5;
  public static final int SOCK_NONBLOCK = 0x800;
  public static final int SOCK_CLOEXEC = 0x80000;
  public static final int SOL_SOCKET = 1;
  public static final int MSG_DONTWAIT = 0x40;
  public static final int MSG_NOSIGNAL = 0x4000;
  public static final int NETLINK_ROUTE = 0;
  public static final int NETLINK_NETFILTER = 12;

  // getrlimit(2)
  public static final int RLIMIT_NOFILE = 7;

  // signal(7)
  public static final int SIGHUP = 1;
  public static final int SIGINT = 2;
  public static final int SIGKILL = 9;
  public static final int SIGTERM = 15;

  // errno(3)
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int ESRCH = 3;
  public static final int EINTR = 4;
  public static final int EAGAIN = 11;
  public static final int EACCES = 13;
  public static final int EBUSY = 16;
  public static final int EEXIST = 17;
  public static final int ENOTDIR = 20;
  public static final int EISDIR = 21;
  public static final int EINVAL = 22;
  public static final int ENOSPC = 28;
  public static final int EROFS = 30;
  public static final int ERANGE = 34;
  public static final int ENAMETOOLONG = 36;
  public static final int ELOOP = 40;
  public static final int EXDEV = 18;
  public static final int ENODATA = 61;
  public static final int ENOTSUP = 95;

  private Constants() {}

  /** A device number for {@link Syscalls#makeNode}, as {@code makedev(3)}. */
  public static long makeDevice(long major, long minor) {
    return ((major & 0xFFFFF000L) << 32)
        | ((major & 0xFFF) << 8)
        | ((minor & 0xFFFFFF00L) << 12)
        | (minor & 0xFF);
  }

  /** The major number of a device number. */
  public static long deviceMajor(long device) {
    return ((device >>> 32) & 0xFFFFF000L) | ((device >>> 8) & 0xFFF);
  }

  /** The minor number of a device number. */
  public static long deviceMinor(long device) {
    return ((device >>> 12) & 0xFFFFFF00L) | (device & 0xFF);
  }
}
