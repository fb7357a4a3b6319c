package io.metanode.containers.launch;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/** libseccomp 2.5 and later, the library runc compiles its filters with. Not thread-safe. */
final class SeccompLibrary {

  /** What a name resolves to that no architecture knows. */
  static final int NO_SYSCALL = -1;

  private static final String NAME = "libseccomp.so.2";
  private static final int ATTRIBUTE_OPTIMIZE = 8;
  private static final int BINARY_TREE = 2;
  private static final int ALREADY_THERE = -17;

  /** struct scmp_arg_cmp: argument, operator, two values. */
  private static final int COMPARISON_SIZE = 24;

  private final MethodHandle init;
  private final MethodHandle release;
  private final MethodHandle addArchitecture;
  private final MethodHandle resolveArchitecture;
  private final MethodHandle resolve;
  private final MethodHandle addRule;
  private final MethodHandle export;
  private final MethodHandle setAttribute;

  /**
   * One comparison of a rule.
   *
   * @param operator as enum scmp_compare numbers them
   */
  record Comparison(int argument, int operator, long first, long second) {}

  private SeccompLibrary(SymbolLookup library) {
    init = handle(library, "seccomp_init", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    release = handle(library, "seccomp_release", FunctionDescriptor.ofVoid(ADDRESS));
    addArchitecture =
        handle(library, "seccomp_arch_add", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    resolveArchitecture =
        handle(library, "seccomp_arch_resolve_name", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    resolve =
        handle(
            library,
            "seccomp_syscall_resolve_name_arch",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    addRule =
        handle(
            library,
            "seccomp_rule_add_array",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    export =
        handle(library, "seccomp_export_bpf", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    setAttribute =
        handle(
            library,
            "seccomp_attr_set",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
  }

  /** The host's library, where it has one. */
  static Optional<SeccompLibrary> load() {
    try {
      return Optional.of(new SeccompLibrary(SymbolLookup.libraryLookup(NAME, Arena.global())));
    } catch (IllegalArgumentException notThere) {
      return Optional.empty();
    }
  }

  private static MethodHandle handle(
      SymbolLookup library, String name, FunctionDescriptor descriptor) {
    return Linker.nativeLinker()
        .downcallHandle(
            library
                .find(name)
                .orElseThrow(() -> new IllegalArgumentException(NAME + " has no " + name)),
            descriptor);
  }

  MemorySegment open(int defaultAction) {
    return (MemorySegment) invoke(init, defaultAction);
  }

  void close(MemorySegment filter) {
    invoke(release, filter);
  }

  /** The library's token of an architecture, which is the kernel's AUDIT_ARCH number; 0: none. */
  int architecture(String name) {
    try (Arena arena = Arena.ofConfined()) {
      return (int) invoke(resolveArchitecture, arena.allocateFrom(name));
    }
  }

  boolean add(MemorySegment filter, int architecture) {
    int result = (int) invoke(addArchitecture, filter, architecture);
    return result == 0 || result == ALREADY_THERE;
  }

  int number(int architecture, String call) {
    try (Arena arena = Arena.ofConfined()) {
      return (int) invoke(resolve, architecture, arena.allocateFrom(call));
    }
  }

  boolean add(MemorySegment filter, int action, int call, List<Comparison> comparisons) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment array = arena.allocate(COMPARISON_SIZE * (comparisons.size() + 1L), 8);
      for (int i = 0; i < comparisons.size(); i++) {
        Comparison comparison = comparisons.get(i);
        long at = (long) COMPARISON_SIZE * i;
        array.set(JAVA_INT, at, comparison.argument());
        array.set(JAVA_INT, at + 4, comparison.operator());
        array.set(JAVA_LONG, at + 8, comparison.first());
        array.set(JAVA_LONG, at + 16, comparison.second());
      }
      return (int) invoke(addRule, filter, action, call, comparisons.size(), array) == 0;
    }
  }

  /** Writes the program to a descriptor. */
  boolean export(MemorySegment filter, int descriptor) {
    invoke(setAttribute, filter, ATTRIBUTE_OPTIMIZE, BINARY_TREE);
    return (int) invoke(export, filter, descriptor) == 0;
  }

  private static Object invoke(MethodHandle handle, Object... arguments) {
    try {
      Object result = handle.invokeWithArguments(arguments);
      return result == null ? 0 : result;
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }
}
