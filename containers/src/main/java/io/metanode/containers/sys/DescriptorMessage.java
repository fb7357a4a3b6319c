package io.metanode.containers.sys;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * {@code sendmsg(2)} of one buffer and some descriptors, by the layouts of {@code struct msghdr}
 * and {@code struct cmsghdr} on 64-bit Linux (bits/socket.h).
 */
final class DescriptorMessage {

  private static final int HEADER_SIZE = 56;
  private static final long VECTORS = 16;
  private static final long VECTOR_COUNT = 24;
  private static final long CONTROL = 32;
  private static final long CONTROL_SIZE = 40;

  private static final int VECTOR_SIZE = 16;

  private static final int CONTROL_HEADER_SIZE = 16;
  private static final long LEVEL = 8;
  private static final long TYPE = 12;
  private static final int SCM_RIGHTS = 1;

  private DescriptorMessage() {}

  static void send(int fd, byte[] message, int[] descriptors) throws SyscallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(Math.max(1, message.length));
      MemorySegment.copy(message, 0, bytes, JAVA_BYTE, 0, message.length);
      MemorySegment vector = arena.allocate(VECTOR_SIZE, Long.BYTES);
      vector.set(JAVA_LONG, 0, bytes.address());
      vector.set(JAVA_LONG, Long.BYTES, message.length);
      MemorySegment control = control(arena, descriptors);
      MemorySegment header = arena.allocate(HEADER_SIZE, Long.BYTES);
      header.set(JAVA_LONG, VECTORS, vector.address());
      header.set(JAVA_LONG, VECTOR_COUNT, 1);
      header.set(JAVA_LONG, CONTROL, control.address());
      header.set(JAVA_LONG, CONTROL_SIZE, control.byteSize());
      int flags = Constants.MSG_NOSIGNAL | Constants.MSG_DONTWAIT;
      Kernel.call("sendmsg", fd, SyscallNumbers.SENDMSG, fd, header.address(), flags);
    }
  }

  private static MemorySegment control(Arena arena, int[] descriptors) {
    int size = CONTROL_HEADER_SIZE + Integer.BYTES * descriptors.length;
    int aligned = (size + Long.BYTES - 1) & -Long.BYTES;
    MemorySegment control = arena.allocate(aligned, Long.BYTES);
    control.set(JAVA_LONG, 0, size);
    control.set(JAVA_INT, LEVEL, Constants.SOL_SOCKET);
    control.set(JAVA_INT, TYPE, SCM_RIGHTS);
    MemorySegment.copy(descriptors, 0, control, JAVA_INT, CONTROL_HEADER_SIZE, descriptors.length);
    return control;
  }
}
