package io.metanode.containers.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code posix_spawn(3)}: the C library clones without copying page tables, so a large JVM starts a
 * small program in a fraction of a millisecond.
 */
final class Spawn {

  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final short SETSIGDEF = 0x04;
  private static final short SETSIGMASK = 0x08;

  /** Larger than any C library's spawn structures (glibc: 80 and 336 bytes). */
  private static final int OPAQUE_SIZE = 1024;

  private static final int SIGNAL_SET_SIZE = 128;

  private static final MethodHandle ACTIONS_INIT = pointers("posix_spawn_file_actions_init", 1);
  private static final MethodHandle ACTIONS_DESTROY =
      pointers("posix_spawn_file_actions_destroy", 1);
  private static final MethodHandle ACTIONS_DUP2 =
      handle(
              "posix_spawn_file_actions_adddup2",
              FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT))
          .orElseThrow();

  /** glibc 2.34 and later; without it close-on-exec alone keeps descriptors from the child. */
  private static final Optional<MethodHandle> ACTIONS_CLOSE_FROM =
      handle(
          "posix_spawn_file_actions_addclosefrom_np",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));

  private static final MethodHandle ATTRIBUTES_INIT = pointers("posix_spawnattr_init", 1);
  private static final MethodHandle ATTRIBUTES_DESTROY = pointers("posix_spawnattr_destroy", 1);
  private static final MethodHandle SET_DEFAULTS = pointers("posix_spawnattr_setsigdefault", 2);
  private static final MethodHandle SET_MASK = pointers("posix_spawnattr_setsigmask", 2);
  private static final MethodHandle SET_FLAGS =
      handle("posix_spawnattr_setflags", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_SHORT))
          .orElseThrow();
  private static final MethodHandle SPAWN = pointers("posix_spawn", 6);

  private Spawn() {}

  static int spawn(
      Path program, List<String> arguments, Map<String, String> environment, int[] descriptors)
      throws SyscallException {
    int[] sources = descriptors.clone();
    try (Arena arena = Arena.ofConfined()) {
      moveAside(sources);
      MemorySegment actions = arena.allocate(OPAQUE_SIZE, Long.BYTES);
      MemorySegment attributes = arena.allocate(OPAQUE_SIZE, Long.BYTES);
      check(program, (int) ACTIONS_INIT.invokeExact(actions));
      check(program, (int) ATTRIBUTES_INIT.invokeExact(attributes));
      try {
        mapDescriptors(program, actions, sources);
        resetSignals(program, arena, attributes);
        MemorySegment pid = arena.allocate(JAVA_INT);
        check(
            program,
            (int)
                SPAWN.invokeExact(
                    pid,
                    Kernel.string(arena, program),
                    actions,
                    attributes,
                    strings(arena, arguments),
                    strings(
                        arena,
                        environment.entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue())
                            .toList())));
        return pid.get(JAVA_INT, 0);
      } finally {
        int ignored = (int) ACTIONS_DESTROY.invokeExact(actions);
        ignored = (int) ATTRIBUTES_DESTROY.invokeExact(attributes);
      }
    } catch (SyscallException | RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    } finally {
      closeCopies(descriptors, sources);
    }
  }

  /** Copies descriptors whose numbers the child needs for others to numbers out of the way. */
  private static void moveAside(int[] sources) throws SyscallException {
    for (int i = 0; i < sources.length; i++) {
      if (sources[i] < sources.length) {
        sources[i] =
            (int)
                Kernel.call(
                    "fcntl",
                    sources[i],
                    SyscallNumbers.FCNTL,
                    sources[i],
                    F_DUPFD_CLOEXEC,
                    sources.length);
      }
    }
  }

  private static void closeCopies(int[] originals, int[] sources) {
    for (int i = 0; i < sources.length; i++) {
      if (sources[i] != originals[i]) {
        SocketCalls.close(sources[i]);
      }
    }
  }

  private static void mapDescriptors(Path program, MemorySegment actions, int[] sources)
      throws Throwable {
    for (int i = 0; i < sources.length; i++) {
      check(program, (int) ACTIONS_DUP2.invokeExact(actions, sources[i], i));
    }
    if (ACTIONS_CLOSE_FROM.isPresent()) {
      check(program, (int) ACTIONS_CLOSE_FROM.get().invokeExact(actions, sources.length));
    }
  }

  private static void resetSignals(Path program, Arena arena, MemorySegment attributes)
      throws Throwable {
    MemorySegment all = arena.allocate(SIGNAL_SET_SIZE, Long.BYTES).fill((byte) 0xFF);
    MemorySegment none = arena.allocate(SIGNAL_SET_SIZE, Long.BYTES);
    check(program, (int) SET_DEFAULTS.invokeExact(attributes, all));
    check(program, (int) SET_MASK.invokeExact(attributes, none));
    check(program, (int) SET_FLAGS.invokeExact(attributes, (short) (SETSIGDEF | SETSIGMASK)));
  }

  private static MemorySegment strings(Arena arena, List<String> texts) {
    MemorySegment array = arena.allocate(ADDRESS, texts.size() + 1L);
    for (int i = 0; i < texts.size(); i++) {
      array.setAtIndex(ADDRESS, i, Kernel.string(arena, texts.get(i)));
    }
    return array;
  }

  private static void check(Path program, int errno) throws SyscallException {
    if (errno != 0) {
      throw Kernel.failure("posix_spawn", program, errno);
    }
  }

  private static MethodHandle pointers(String name, int count) {
    MemoryLayout[] arguments = Collections.nCopies(count, ADDRESS).toArray(MemoryLayout[]::new);
    return handle(name, FunctionDescriptor.of(JAVA_INT, arguments)).orElseThrow();
  }

  private static Optional<MethodHandle> handle(String name, FunctionDescriptor descriptor) {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find(name)
        .map(symbol -> linker.downcallHandle(symbol, descriptor));
  }
}
