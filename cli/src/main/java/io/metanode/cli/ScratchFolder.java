package io.metanode.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder that goes, with all that is in it, when it is closed.
 *
 * @param path absolute
 */
public record ScratchFolder(Path path) implements AutoCloseable {

  /**
   * Makes one.
   *
   * @param parent made if it is not there
   * @param name what its own name begins with
   */
  public static ScratchFolder in(Path parent, String name) throws IOException {
    Files.createDirectories(parent);
    return new ScratchFolder(Files.createTempDirectory(parent.toAbsolutePath(), name));
  }

  /**
   * Deletes it.
   *
   * @throws IOException naming what cannot be deleted
   */
  @Override
  public void close() throws IOException {
    delete(path);
  }

  /** Deletes a folder and all that is in it. */
  public static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
