package io.metanode.node;

import io.metanode.cli.CommandException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says plainly that a disk is full, where the system's words name neither the disk nor a way out. */
final class Room {

  /** A new segment of the journal of receipts; with less a node cannot begin. */
  static final long LEAST_BYTES = 16 << 20;

  private Room() {}

  /** Whether something failed for want of room: blocks, inodes or quota. */
  static boolean isLacking(Throwable failure) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause)
        .map(each -> String.valueOf(each.getMessage()))
        .anyMatch(
            text ->
                text.contains("No space left on device") || text.contains("Disk quota exceeded"));
  }

  /**
   * @param home what was written to, unless the failure names a file
   */
  static CommandException explained(Path home, Throwable failure) {
    return new CommandException(message(file(home, failure)), failure);
  }

  private static Path file(Path home, Throwable failure) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause)
        .filter(FileSystemException.class::isInstance)
        .map(each -> ((FileSystemException) each).getFile())
        .filter(name -> name != null)
        .findFirst()
        .map(Path::of)
        .orElse(home);
  }

  /** Whether a home's disk is so full that a node could not even say why it ended. */
  static boolean isLackingAt(Path home) {
    return freeBytes(home) < LEAST_BYTES;
  }

  static String message(Path path) {
    return "no room on the disk of %s: %,d bytes are free, and a node needs %,d to begin; free some there (df -h %s; df -i for inodes), or set METANODE_HOME to a larger disk"
        .formatted(path, freeBytes(path), LEAST_BYTES, path);
  }

  /** Zero where it cannot be told. */
  private static long freeBytes(Path path) {
    @Nullable Path there = path;
    while (there != null && Files.notExists(there)) {
      there = there.getParent();
    }
    try {
      return there == null ? 0 : Files.getFileStore(there).getUsableSpace();
    } catch (IOException e) {
      return 0;
    }
  }
}
