package io.metanode.containers.sys;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.metanode.containers.sys.Syscalls.FileStatus;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Calls on files that are held open, O_PATH included. Where the kernel takes no such descriptor its
 * link in {@code /proc/self/fd} is named, which leads to the file itself and not to a name of it.
 */
final class DescriptorCalls {

  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int LONGEST_LINK = 4096;

  private DescriptorCalls() {}

  static FileStatus status(int fd) throws SyscallException {
    return FileCalls.status("fstat", fd, fd, "", AT_EMPTY_PATH);
  }

  static String readLink(int fd) throws SyscallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(LONGEST_LINK);
      long empty = Kernel.string(arena, "").address();
      long length =
          Kernel.call(
              "readlink", fd, SyscallNumbers.READLINKAT, fd, empty, text.address(), LONGEST_LINK);
      return new String(text.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
    }
  }

  static void changeOwner(int fd, int uid, int gid) throws SyscallException {
    try (Arena arena = Arena.ofConfined()) {
      long empty = Kernel.string(arena, "").address();
      Kernel.call("fchown", fd, SyscallNumbers.FCHOWNAT, fd, empty, uid, gid, AT_EMPTY_PATH);
    }
  }

  static void changeMode(int fd, int mode) throws SyscallException {
    try (Arena arena = Arena.ofConfined()) {
      long link = Kernel.string(arena, link(fd)).address();
      Kernel.call("fchmod", fd, SyscallNumbers.FCHMODAT, FileCalls.AT_FDCWD, link, mode);
    }
  }

  static void setTimes(int fd, long seconds, int nanos) throws SyscallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment times = arena.allocate(JAVA_LONG, 4);
      for (int i = 0; i < 4; i += 2) {
        times.setAtIndex(JAVA_LONG, i, seconds);
        times.setAtIndex(JAVA_LONG, i + 1, nanos);
      }
      long empty = Kernel.string(arena, "").address();
      Kernel.call(
          "futimens", fd, SyscallNumbers.UTIMENSAT, fd, empty, times.address(), AT_EMPTY_PATH);
    }
  }

  static Map<String, byte[]> extendedAttributes(int fd) throws SyscallException {
    return FileCalls.extendedAttributes(
        link(fd), SyscallNumbers.LISTXATTR, SyscallNumbers.GETXATTR);
  }

  static void setExtendedAttribute(int fd, String name, byte[] value) throws SyscallException {
    FileCalls.setExtendedAttribute(link(fd), SyscallNumbers.SETXATTR, name, value);
  }

  private static Path link(int fd) {
    return Path.of("/proc/self/fd", Integer.toString(fd));
  }
}
