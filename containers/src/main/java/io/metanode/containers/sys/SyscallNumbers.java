package io.metanode.containers.sys;

import java.util.OptionalInt;

/**
 * System call numbers of x86_64 (arch/x86/entry/syscalls/syscall_64.tbl) and aarch64
 * (include/uapi/asm-generic/unistd.h). Only calls both have, so the {@code *at} forms.
 */
final class SyscallNumbers {

  static final int MOUNT = choose(165, 40);
  static final int UMOUNT2 = choose(166, 39);
  static final int OPENAT = choose(257, 56);
  static final int OPENAT2 = 437;
  static final int CLOSE = choose(3, 57);
  static final int FCNTL = choose(72, 25);
  static final int MKNODAT = choose(259, 33);
  static final int FCHOWNAT = choose(260, 54);
  static final int FCHMODAT = choose(268, 53);
  static final int UTIMENSAT = choose(280, 88);
  static final int STATX = choose(332, 291);
  static final int READLINKAT = choose(267, 78);
  static final int SETXATTR = choose(188, 5);
  static final int GETXATTR = choose(191, 8);
  static final int LISTXATTR = choose(194, 11);
  static final int LLISTXATTR = choose(195, 12);
  static final int LGETXATTR = choose(192, 9);
  static final int LSETXATTR = choose(189, 6);
  static final int SYNCFS = choose(306, 267);
  static final int UNSHARE = choose(272, 97);
  static final int SETNS = choose(308, 268);
  static final int SOCKET = choose(41, 198);
  static final int BIND = choose(49, 200);
  static final int LISTEN = choose(50, 201);
  static final int SENDTO = choose(44, 206);
  static final int SOCKETPAIR = choose(53, 199);
  static final int SENDMSG = choose(46, 211);
  static final int RECVFROM = choose(45, 207);
  static final int WAIT4 = choose(61, 260);
  static final int KILL = choose(62, 129);
  static final int WRITE = choose(1, 64);
  static final int MEMFD_CREATE = choose(319, 279);
  static final int PIDFD_OPEN = 434;
  static final int PRLIMIT64 = choose(302, 261);

  /** {@code getpid} of the x32 table, which has bit 30 set. */
  static final OptionalInt X32_GETPID =
      choose(1, 0) == 1 ? OptionalInt.of(0x40000000 | 39) : OptionalInt.empty();

  private SyscallNumbers() {}

  static int choose(int x86, int aarch64) {
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> x86;
      case "aarch64" -> aarch64;
      case String other ->
          throw new UnsupportedOperationException(
              "containers run on x86_64 and aarch64 Linux, not on " + other);
      case null -> throw new UnsupportedOperationException("os.arch is not set");
    };
  }
}
