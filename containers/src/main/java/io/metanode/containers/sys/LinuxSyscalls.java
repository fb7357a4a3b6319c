package io.metanode.containers.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * This host's system calls, by the foreign function API. A call that blocks holds its platform
 * thread, also when made on a virtual one.
 */
public final class LinuxSyscalls implements Syscalls {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String EFFECTIVE = "CapEff:\t";

  @Override
  public void mount(
      @Nullable String source,
      String target,
      @Nullable String type,
      long flags,
      @Nullable String data)
      throws SyscallException {
    try (Arena arena = Arena.ofConfined()) {
      Kernel.call(
          "mount",
          target,
          SyscallNumbers.MOUNT,
          address(arena, source),
          address(arena, target),
          address(arena, type),
          flags,
          address(arena, data));
    }
  }

  @Override
  public void unmount(String target, int flags) throws SyscallException {
    onPath("umount2", Path.of(target), SyscallNumbers.UMOUNT2, flags);
  }

  @Override
  public int open(Path path, int flags, int mode) throws SyscallException {
    return (int) onPathAt("open", path, SyscallNumbers.OPENAT, flags | Constants.O_CLOEXEC, mode);
  }

  @Override
  public int openInRoot(int directory, String path, int flags) throws SyscallException {
    return FileCalls.openInRoot(directory, path, flags);
  }

  @Override
  public int openBeneath(int directory, String path, int flags) throws SyscallException {
    return FileCalls.openBeneath(directory, path, flags);
  }

  @Override
  public void close(int fd) {
    SocketCalls.close(fd);
  }

  @Override
  public void makeNode(Path path, int mode, long device) throws SyscallException {
    onPathAt("mknod", path, SyscallNumbers.MKNODAT, mode, device);
  }

  @Override
  public void changeOwner(Path path, int uid, int gid) throws SyscallException {
    onPathAt("lchown", path, SyscallNumbers.FCHOWNAT, uid, gid, FileCalls.AT_SYMLINK_NOFOLLOW);
  }

  @Override
  public void changeMode(Path path, int mode) throws SyscallException {
    onPathAt("chmod", path, SyscallNumbers.FCHMODAT, mode);
  }

  @Override
  public void setTimes(
      Path path, long accessSeconds, int accessNanos, long modifySeconds, int modifyNanos)
      throws SyscallException {
    FileCalls.setTimes(path, accessSeconds, accessNanos, modifySeconds, modifyNanos);
  }

  @Override
  public FileStatus status(Path path) throws SyscallException {
    return FileCalls.status(path);
  }

  @Override
  public Map<String, byte[]> extendedAttributes(Path path) throws SyscallException {
    return FileCalls.extendedAttributes(path);
  }

  @Override
  public void setExtendedAttribute(Path path, String name, byte[] value) throws SyscallException {
    FileCalls.setExtendedAttribute(path, name, value);
  }

  @Override
  public FileStatus status(int fd) throws SyscallException {
    return DescriptorCalls.status(fd);
  }

  @Override
  public String readLink(int fd) throws SyscallException {
    return DescriptorCalls.readLink(fd);
  }

  @Override
  public void changeOwner(int fd, int uid, int gid) throws SyscallException {
    DescriptorCalls.changeOwner(fd, uid, gid);
  }

  @Override
  public void changeMode(int fd, int mode) throws SyscallException {
    DescriptorCalls.changeMode(fd, mode);
  }

  @Override
  public void setTimes(int fd, long seconds, int nanos) throws SyscallException {
    DescriptorCalls.setTimes(fd, seconds, nanos);
  }

  @Override
  public Map<String, byte[]> extendedAttributes(int fd) throws SyscallException {
    return DescriptorCalls.extendedAttributes(fd);
  }

  @Override
  public void setExtendedAttribute(int fd, String name, byte[] value) throws SyscallException {
    DescriptorCalls.setExtendedAttribute(fd, name, value);
  }

  @Override
  public void syncFileSystem(Path path) throws SyscallException {
    int fd = open(path, Constants.O_RDONLY, 0);
    try {
      Kernel.call("syncfs", path, SyscallNumbers.SYNCFS, fd);
    } finally {
      close(fd);
    }
  }

  @Override
  public void unshare(int flags) throws SyscallException {
    Kernel.call("unshare", Integer.toHexString(flags), SyscallNumbers.UNSHARE, flags);
  }

  @Override
  public void setNamespace(int fd, int type) throws SyscallException {
    Kernel.call("setns", fd, SyscallNumbers.SETNS, fd, type);
  }

  @Override
  public int socket(int domain, int type, int protocol) throws SyscallException {
    return SocketCalls.socket(domain, type, protocol);
  }

  @Override
  public int listenUnix(Path path, int backlog) throws SyscallException {
    return SocketCalls.listenUnix(path, backlog);
  }

  @Override
  public void bindNetlink(int fd) throws SyscallException {
    SocketCalls.bindNetlink(fd);
  }

  @Override
  public int send(int fd, byte[] message) throws SyscallException {
    return SocketCalls.send(fd, message);
  }

  @Override
  public byte[] receive(int fd, int limit) throws SyscallException {
    return SocketCalls.receive(fd, limit);
  }

  @Override
  public int[] socketPair() throws SyscallException {
    return SocketCalls.pair();
  }

  @Override
  public void sendDescriptors(int fd, byte[] message, int[] descriptors) throws SyscallException {
    DescriptorMessage.send(fd, message, descriptors);
  }

  @Override
  public int spawn(
      Path program, List<String> arguments, Map<String, String> environment, int[] descriptors)
      throws SyscallException {
    return Spawn.spawn(program, arguments, environment, descriptors);
  }

  @Override
  public int reap(int pid) throws SyscallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(JAVA_INT);
      Kernel.call("waitpid", pid, SyscallNumbers.WAIT4, pid, status.address(), 0, 0);
      return status.get(JAVA_INT, 0);
    }
  }

  @Override
  public void kill(int pid, int signal) throws SyscallException {
    Kernel.call("kill", pid, SyscallNumbers.KILL, pid, signal);
  }

  @Override
  public int openProcess(int pid) throws SyscallException {
    return (int) Kernel.call("pidfd_open", pid, SyscallNumbers.PIDFD_OPEN, pid, 0);
  }

  @Override
  public boolean supportsX32() {
    return SyscallNumbers.X32_GETPID.isPresent()
        && Kernel.tryCall(SyscallNumbers.X32_GETPID.getAsInt(), 0, 0, 0, 0, 0) > 0;
  }

  @Override
  public long[] resourceLimit(int resource) throws SyscallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limits = arena.allocate(JAVA_LONG, 2);
      Kernel.call(
          "getrlimit", resource, SyscallNumbers.PRLIMIT64, 0, resource, 0, limits.address());
      return limits.toArray(JAVA_LONG);
    }
  }

  @Override
  public Optional<Long> effectiveCapabilities() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(EFFECTIVE))
          .map(line -> Long.parseUnsignedLong(line.substring(EFFECTIVE.length()).strip(), 16))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static long onPath(String name, Path path, int number, long argument)
      throws SyscallException {
    try (Arena arena = Arena.ofConfined()) {
      return Kernel.call(name, path, number, Kernel.string(arena, path).address(), argument);
    }
  }

  private static long onPathAt(String name, Path path, int number, long... arguments)
      throws SyscallException {
    try (Arena arena = Arena.ofConfined()) {
      long[] all = new long[2 + arguments.length];
      all[0] = FileCalls.AT_FDCWD;
      all[1] = Kernel.string(arena, path).address();
      System.arraycopy(arguments, 0, all, 2, arguments.length);
      return Kernel.call(name, path, number, all);
    }
  }

  private static long address(Arena arena, @Nullable String text) {
    return text == null ? 0 : Kernel.string(arena, text).address();
  }
}
