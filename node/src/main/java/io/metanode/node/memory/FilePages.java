package io.metanode.node.memory;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Pages of files that this process has mapped and only reads: the start-up cache and libraries, but
 * for the JVM's own code. Given back, they are the system's cache of the file and no longer this
 * process's; what is touched again is mapped again from there, without a disk as long as the system
 * keeps it.
 */
final class FilePages {

  /** madvise(2). */
  private static final int MADV_DONTNEED = 4;

  private static final int MADV_NOHUGEPAGE = 15;

  private static final Path MAPPINGS = Path.of("/proc/self/smaps");

  private static final MethodHandle MADVISE =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("madvise"),
              FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));

  private FilePages() {}

  /**
   * Gives them back. A mapping that can be written to, or ever was, is left alone: what was written
   * would be lost.
   *
   * @return how many units of 1,024 bytes were given back
   */
  static long giveBack() throws IOException {
    long given = 0;
    for (Mapping mapping : Mapping.parse(Files.readAllLines(MAPPINGS))) {
      if (mapping.isOnlyRead() && !mapping.isJvm() && mapping.residentKilobytes() > 0) {
        // Else one touch maps two megabytes where the cache of the file lies in pages of that size.
        advise(mapping, MADV_NOHUGEPAGE);
        given += advise(mapping, MADV_DONTNEED) ? mapping.residentKilobytes() : 0;
      }
    }
    return given;
  }

  /** False where the kernel does not do it, as for locked pages: then nothing has changed. */
  private static boolean advise(Mapping mapping, int advice) {
    try {
      return (int) MADVISE.invokeExact(mapping.start(), mapping.length(), advice) == 0;
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }
}
