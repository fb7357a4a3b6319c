package io.metanode.containers.runtime;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;

/** The seccomp programs of a process as the kernel holds them (ptrace(2)). */
final class InstalledFilters {

  private static final int DETACH = 17;
  private static final int SEIZE = 0x4206;
  private static final int INTERRUPT = 0x4207;
  private static final int GET_FILTER = 0x420C;
  private static final int WAIT_ALL = 0x40000000;
  private static final int INSTRUCTION = 8;
  private static final int LARGEST = 1 << 16;

  private static final MethodHandle PTRACE =
      handle(
          "ptrace",
          FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
          Linker.Option.firstVariadicArg(1));
  private static final MethodHandle WAIT =
      handle("waitpid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));

  private InstalledFilters() {}

  private static MethodHandle handle(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().find(name).orElseThrow(), descriptor, options);
  }

  /** Newest first; the tracer is a thread of its own, as ptrace wants it. */
  static List<SeccompProgram> of(int pid) throws Exception {
    FutureTask<List<SeccompProgram>> task = new FutureTask<>(() -> read(pid));
    Thread thread = Thread.ofPlatform().start(task);
    List<SeccompProgram> found = task.get();
    thread.join();
    return found;
  }

  private static List<SeccompProgram> read(int pid) throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment program = arena.allocate(LARGEST);
      trace(SEIZE, pid, 0, MemorySegment.NULL);
      trace(INTERRUPT, pid, 0, MemorySegment.NULL);
      wait(pid);
      List<SeccompProgram> filters = new ArrayList<>();
      while (true) {
        long count = trace(GET_FILTER, pid, filters.size(), program);
        if (count < 0) {
          break;
        }
        filters.add(new SeccompProgram(program.asSlice(0, count * INSTRUCTION).toArray(JAVA_LONG)));
      }
      trace(DETACH, pid, 0, MemorySegment.NULL);
      return filters;
    }
  }

  private static long trace(int request, int pid, long address, MemorySegment data)
      throws Exception {
    try {
      return (long) PTRACE.invokeExact(request, pid, address, data);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static void wait(int pid) {
    try {
      int waited = (int) WAIT.invokeExact(pid, MemorySegment.NULL, WAIT_ALL);
      if (waited != pid) {
        throw new AssertionError("cannot trace " + pid);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
