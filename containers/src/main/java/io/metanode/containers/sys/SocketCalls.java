package io.metanode.containers.sys;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Calls on sockets. */
final class SocketCalls {

  /** {@code sun_path} of unix(7), with its final zero. */
  private static final int UNIX_PATH_SIZE = 108;

  private static final int UNIX_ADDRESS_SIZE = 2 + UNIX_PATH_SIZE;
  private static final int NETLINK_ADDRESS_SIZE = 12;

  private SocketCalls() {}

  static int socket(int domain, int type, int protocol) throws SyscallException {
    return (int)
        Kernel.call(
            "socket",
            domain,
            SyscallNumbers.SOCKET,
            domain,
            type | Constants.SOCK_CLOEXEC,
            protocol);
  }

  static int[] pair() throws SyscallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(JAVA_INT, 2);
      int type = Constants.SOCK_SEQPACKET | Constants.SOCK_CLOEXEC;
      Kernel.call(
          "socketpair",
          "unix",
          SyscallNumbers.SOCKETPAIR,
          Constants.AF_UNIX,
          type,
          0,
          ends.address());
      return ends.toArray(JAVA_INT);
    }
  }

  static int listenUnix(Path path, int backlog) throws SyscallException {
    byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
    if (name.length >= UNIX_PATH_SIZE) {
      throw Kernel.failure("bind", path, Constants.ENAMETOOLONG);
    }
    int fd = socket(Constants.AF_UNIX, Constants.SOCK_STREAM, 0);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(UNIX_ADDRESS_SIZE, Long.BYTES);
      address.set(JAVA_SHORT, 0, (short) Constants.AF_UNIX);
      MemorySegment.copy(name, 0, address, JAVA_BYTE, 2, name.length);
      Kernel.call("bind", path, SyscallNumbers.BIND, fd, address.address(), 2L + name.length + 1);
      Kernel.call("listen", path, SyscallNumbers.LISTEN, fd, backlog);
    } catch (SyscallException e) {
      close(fd);
      throw e;
    }
    return fd;
  }

  static void bindNetlink(int fd) throws SyscallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(NETLINK_ADDRESS_SIZE, Long.BYTES);
      address.set(JAVA_SHORT, 0, (short) Constants.AF_NETLINK);
      Kernel.call(
          "bind", "netlink", SyscallNumbers.BIND, fd, address.address(), NETLINK_ADDRESS_SIZE);
    }
  }

  static int send(int fd, byte[] message) throws SyscallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(Math.max(1, message.length));
      MemorySegment.copy(message, 0, bytes, JAVA_BYTE, 0, message.length);
      return (int)
          Kernel.call("send", fd, SyscallNumbers.SENDTO, fd, bytes.address(), message.length);
    }
  }

  static byte[] receive(int fd, int limit) throws SyscallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(Math.max(1, limit));
      long count = Kernel.call("recv", fd, SyscallNumbers.RECVFROM, fd, bytes.address(), limit);
      return bytes.asSlice(0, count).toArray(JAVA_BYTE);
    }
  }

  static void close(int fd) {
    Kernel.tryCall(SyscallNumbers.CLOSE, fd, 0, 0, 0, 0);
  }
}
