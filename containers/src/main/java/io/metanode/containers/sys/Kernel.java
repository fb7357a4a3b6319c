package io.metanode.containers.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * The one door to the kernel: libc's {@code syscall(2)}, which takes every call as a number and
 * long arguments. Structures passed this way have the kernel's layout, the same on both
 * architectures.
 */
final class Kernel {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
  private static final long ERRNO =
      CAPTURED.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
  private static final int DESCRIPTION_LIMIT = 256;

  private static final MethodHandle SYSCALL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("syscall"),
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.firstVariadicArg(1),
          Linker.Option.captureCallState("errno"));

  private static final MethodHandle STRERROR =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

  private Kernel() {}

  /** Calls the kernel; negative results are the negated errno. */
  static long tryCall(int number, long a, long b, long c, long d, long e) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CAPTURED);
      long result = (long) SYSCALL.invokeExact(state, (long) number, a, b, c, d, e);
      return result == -1 ? -state.get(JAVA_INT, ERRNO) : result;
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Calls the kernel, again if a signal interrupted it. */
  static long call(String name, Object subject, int number, long... arguments)
      throws SyscallException {
    long result;
    do {
      result =
          tryCall(
              number,
              argument(arguments, 0),
              argument(arguments, 1),
              argument(arguments, 2),
              argument(arguments, 3),
              argument(arguments, 4));
    } while (result == -Constants.EINTR);
    if (result < 0) {
      throw failure(name, subject, (int) -result);
    }
    return result;
  }

  static SyscallException failure(String name, Object subject, int errno) {
    return new SyscallException(name, subject.toString(), errno, describe(errno));
  }

  static MemorySegment string(Arena arena, Object text) {
    return arena.allocateFrom(text.toString(), StandardCharsets.UTF_8);
  }

  private static long argument(long[] arguments, int index) {
    return index < arguments.length ? arguments[index] : 0;
  }

  private static String describe(int errno) {
    try {
      MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
      return text.reinterpret(DESCRIPTION_LIMIT).getString(0);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }
}
