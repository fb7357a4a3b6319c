package io.metanode.containers.sys;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.metanode.containers.sys.Syscalls.FileStatus;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Calls on files whose arguments are structures or buffers. */
final class FileCalls {

  static final int AT_FDCWD = -100;
  static final int AT_SYMLINK_NOFOLLOW = 0x100;

  private static final int STATX_SIZE = 256;
  private static final int STATX_BASIC_STATS = 0x7FF;
  private static final int TIMESPEC_SIZE = 16;
  private static final int OPEN_HOW_SIZE = 24;
  private static final long RESOLVE_IN_ROOT = 0x10;
  private static final long RESOLVE_NO_MAGICLINKS = 0x02;
  private static final long RESOLVE_BENEATH = 0x08;

  /** The kernel's bound on a list of attribute names and on a value (limits.h). */
  private static final int XATTR_MAX = 65_536;

  private FileCalls() {}

  static FileStatus status(Path path) throws SyscallException {
    return status("lstat", path, AT_FDCWD, path.toString(), AT_SYMLINK_NOFOLLOW);
  }

  static FileStatus status(String call, Object subject, int directory, String path, int flags)
      throws SyscallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment statx = arena.allocate(STATX_SIZE, Long.BYTES);
      Kernel.call(
          call,
          subject,
          SyscallNumbers.STATX,
          directory,
          Kernel.string(arena, path).address(),
          flags,
          STATX_BASIC_STATS,
          statx.address());
      return new FileStatus(
          device(statx, 136),
          statx.get(JAVA_LONG, 32),
          Short.toUnsignedInt(statx.get(JAVA_SHORT, 28)),
          statx.get(JAVA_INT, 16),
          statx.get(JAVA_INT, 20),
          statx.get(JAVA_INT, 24),
          device(statx, 128),
          statx.get(JAVA_LONG, 40),
          statx.get(JAVA_LONG, 48),
          statx.get(JAVA_LONG, 112),
          statx.get(JAVA_INT, 120));
    }
  }

  private static long device(MemorySegment statx, long offset) {
    return Constants.makeDevice(
        Integer.toUnsignedLong(statx.get(JAVA_INT, offset)),
        Integer.toUnsignedLong(statx.get(JAVA_INT, offset + 4)));
  }

  static void setTimes(
      Path path, long accessSeconds, int accessNanos, long modifySeconds, int modifyNanos)
      throws SyscallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment times = arena.allocate(2L * TIMESPEC_SIZE, Long.BYTES);
      times.set(JAVA_LONG, 0, accessSeconds);
      times.set(JAVA_LONG, 8, accessNanos);
      times.set(JAVA_LONG, 16, modifySeconds);
      times.set(JAVA_LONG, 24, modifyNanos);
      Kernel.call(
          "utimensat",
          path,
          SyscallNumbers.UTIMENSAT,
          AT_FDCWD,
          Kernel.string(arena, path).address(),
          times.address(),
          AT_SYMLINK_NOFOLLOW);
    }
  }

  static Map<String, byte[]> extendedAttributes(Path path) throws SyscallException {
    return extendedAttributes(path, SyscallNumbers.LLISTXATTR, SyscallNumbers.LGETXATTR);
  }

  static Map<String, byte[]> extendedAttributes(Path path, int list, int get)
      throws SyscallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = Kernel.string(arena, path);
      // Most files have none: ask for the length before allocating 64 KiB for the names.
      long length = Kernel.tryCall(list, name.address(), 0, 0, 0, 0);
      if (length == 0 || length == -Constants.ENOTSUP) {
        return Map.of();
      }
      MemorySegment names = arena.allocate(XATTR_MAX);
      length = Kernel.call("llistxattr", path, list, name.address(), names.address(), XATTR_MAX);
      Map<String, byte[]> attributes = new LinkedHashMap<>();
      MemorySegment value = arena.allocate(XATTR_MAX);
      for (long offset = 0; offset < length; ) {
        String attribute = names.getString(offset);
        MemorySegment attributeName = names.asSlice(offset);
        offset += attribute.getBytes(StandardCharsets.UTF_8).length + 1;
        long size =
            Kernel.tryCall(
                get, name.address(), attributeName.address(), value.address(), XATTR_MAX, 0);
        if (size == -Constants.ENODATA) {
          continue;
        }
        if (size < 0) {
          throw Kernel.failure("lgetxattr", path + " " + attribute, (int) -size);
        }
        attributes.put(attribute, value.asSlice(0, size).toArray(JAVA_BYTE));
      }
      return attributes;
    }
  }

  static void setExtendedAttribute(Path path, String name, byte[] value) throws SyscallException {
    setExtendedAttribute(path, SyscallNumbers.LSETXATTR, name, value);
  }

  static void setExtendedAttribute(Path path, int set, String name, byte[] value)
      throws SyscallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(Math.max(1, value.length));
      MemorySegment.copy(value, 0, bytes, JAVA_BYTE, 0, value.length);
      Kernel.call(
          "lsetxattr",
          path + " " + name,
          set,
          Kernel.string(arena, path).address(),
          Kernel.string(arena, name).address(),
          bytes.address(),
          value.length);
    }
  }

  static int openInRoot(int directory, String path, int flags) throws SyscallException {
    return openWithin(directory, path, flags, RESOLVE_IN_ROOT);
  }

  static int openBeneath(int directory, String path, int flags) throws SyscallException {
    return openWithin(directory, path, flags, RESOLVE_BENEATH);
  }

  private static int openWithin(int directory, String path, int flags, long resolved)
      throws SyscallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment how = arena.allocate(OPEN_HOW_SIZE, Long.BYTES);
      how.set(JAVA_LONG, 0, flags | Constants.O_CLOEXEC);
      how.set(JAVA_LONG, 16, resolved | RESOLVE_NO_MAGICLINKS);
      return (int)
          Kernel.call(
              "openat2",
              path,
              SyscallNumbers.OPENAT2,
              directory,
              Kernel.string(arena, path).address(),
              how.address(),
              OPEN_HOW_SIZE);
    }
  }
}
