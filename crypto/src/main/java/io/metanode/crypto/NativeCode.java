package io.metanode.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The code of src/main/c, where it was built for this host. */
final class NativeCode {

  static final String FILE = "libmetanode-crypto.so";

  private static final Optional<SymbolLookup> LIBRARY = load();

  private NativeCode() {}

  private static Optional<SymbolLookup> load() {
    try (InputStream library = NativeCode.class.getResourceAsStream(FILE)) {
      if (library == null) {
        return Optional.empty();
      }
      Path file = Files.createTempFile("metanode", ".so");
      try {
        Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
        return Optional.of(SymbolLookup.libraryLookup(file, Arena.global()));
      } finally {
        Files.delete(file);
      }
    } catch (IOException | IllegalArgumentException | IllegalCallerException e) {
      System.getLogger(NativeCode.class.getName())
          .log(System.Logger.Level.DEBUG, "hashes and signatures are computed in Java", e);
      return Optional.empty();
    }
  }

  static Optional<SymbolLookup> library() {
    return LIBRARY;
  }

  /** Calls take arrays of the heap as they are: they last microseconds. */
  static MethodHandle handle(SymbolLookup library, String name, FunctionDescriptor descriptor) {
    return Linker.nativeLinker()
        .downcallHandle(
            library.findOrThrow("metanode_" + name), descriptor, Linker.Option.critical(true));
  }

  /** What a function without arguments that fails for no reason answers. */
  static int ask(SymbolLookup library, String name, FunctionDescriptor descriptor) {
    try {
      return (int) handle(library, name, descriptor).invokeExact();
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  static IllegalStateException failed(Throwable e) {
    return new IllegalStateException("a call of " + FILE + " failed", e);
  }
}
