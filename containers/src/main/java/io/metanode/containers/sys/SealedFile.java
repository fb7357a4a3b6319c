package io.metanode.containers.sys;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * A file in memory that nobody can change any more (memfd_create(2)). A program run from it cannot
 * be overwritten through {@code /proc/PID/exe}, which a container's root can reach.
 *
 * @param descriptor open as long as this process is
 */
public record SealedFile(int descriptor) {

  private static final int MFD_CLOEXEC = 1;
  private static final int MFD_ALLOW_SEALING = 2;
  private static final int MFD_EXEC = 16;
  private static final int EINVAL = 22;
  private static final int F_ADD_SEALS = 1033;

  /** F_SEAL_SEAL, F_SEAL_SHRINK, F_SEAL_GROW, F_SEAL_WRITE. */
  private static final int ALL_SEALS = 0xF;

  public static SealedFile of(String name, byte[] content) throws SyscallException {
    int descriptor = create(name);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, content);
      for (long done = 0; done < content.length; ) {
        done +=
            Kernel.call(
                "write",
                name,
                SyscallNumbers.WRITE,
                descriptor,
                bytes.address() + done,
                content.length - done);
      }
      Kernel.call("fcntl", name, SyscallNumbers.FCNTL, descriptor, F_ADD_SEALS, ALL_SEALS);
    } catch (SyscallException e) {
      SocketCalls.close(descriptor);
      throw e;
    }
    return new SealedFile(descriptor);
  }

  /** Kernels before 6.3 know no MFD_EXEC, and need none. */
  private static int create(String name) throws SyscallException {
    try (Arena arena = Arena.ofConfined()) {
      long address = Kernel.string(arena, name).address();
      int flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
      try {
        return (int)
            Kernel.call(
                "memfd_create", name, SyscallNumbers.MEMFD_CREATE, address, flags | MFD_EXEC);
      } catch (SyscallException e) {
        if (e.errno() != EINVAL) {
          throw e;
        }
        return (int) Kernel.call("memfd_create", name, SyscallNumbers.MEMFD_CREATE, address, flags);
      }
    }
  }

  /** Its path while this process runs; a program started by it outlives the path. */
  public Path path() {
    return Path.of(
        "/proc", Long.toString(ProcessHandle.current().pid()), "fd", Integer.toString(descriptor));
  }
}
