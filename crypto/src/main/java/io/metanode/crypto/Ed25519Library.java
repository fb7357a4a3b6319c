package io.metanode.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The library of src/main/c, where it was built for this host. Safe for use by many threads. */
final class Ed25519Library {

  private static final String NAME = "libmetanode-ed25519.so";
  private static final int NUMBERS = 15;
  private static final int KEY_ENTRIES = 8 * 8;
  private static final int BASE_ENTRIES = 32 * 128;
  private static final Optional<Ed25519Library> LIBRARY = load();

  private final MethodHandle key;
  private final MethodHandle check;
  private final MemorySegment base = MemorySegment.ofArray(new long[BASE_ENTRIES * NUMBERS]);

  private Ed25519Library(SymbolLookup library) {
    MethodHandle fill = handle(library, "base", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    key = handle(library, "key", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    check =
        handle(
            library, "check", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    if (call(fill, base) == 0) {
      throw new OutOfMemoryError("for the multiples of a point");
    }
  }

  /** Calls take arrays of the heap as they are: they last microseconds. */
  private static MethodHandle handle(
      SymbolLookup library, String name, FunctionDescriptor descriptor) {
    return Linker.nativeLinker()
        .downcallHandle(
            library.findOrThrow("metanode_ed25519_" + name),
            descriptor,
            Linker.Option.critical(true));
  }

  private static Optional<Ed25519Library> load() {
    try (InputStream library = Ed25519Library.class.getResourceAsStream(NAME)) {
      if (library == null) {
        return Optional.empty();
      }
      Path file = Files.createTempFile("metanode", ".so");
      try {
        Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
        return Optional.of(new Ed25519Library(SymbolLookup.libraryLookup(file, Arena.global())));
      } finally {
        Files.delete(file);
      }
    } catch (IOException | IllegalArgumentException | IllegalCallerException e) {
      System.getLogger(Ed25519Library.class.getName())
          .log(System.Logger.Level.DEBUG, "signatures are checked without tables", e);
      return Optional.empty();
    }
  }

  static Optional<Ed25519Library> get() {
    return LIBRARY;
  }

  private static int call(MethodHandle handle, Object... arguments) {
    try {
      return (int) handle.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException("a call of " + NAME + " failed", e);
    }
  }

  /** The multiples of a key; empty if it is no point. */
  Optional<long[]> table(byte[] encoded) {
    long[] table = new long[KEY_ENTRIES * NUMBERS];
    int made = call(key, MemorySegment.ofArray(table), MemorySegment.ofArray(encoded));
    return made == 1 ? Optional.of(table) : Optional.empty();
  }

  /**
   * Whether S·B - h·A is R.
   *
   * @param h below the group order, little-endian
   */
  boolean holds(long[] table, byte[] h, byte[] signature) {
    try {
      return (int)
              check.invokeExact(
                  MemorySegment.ofArray(table),
                  base,
                  MemorySegment.ofArray(h),
                  MemorySegment.ofArray(signature))
          == 1;
    } catch (Throwable e) {
      throw new IllegalStateException("a call of " + NAME + " failed", e);
    }
  }
}
