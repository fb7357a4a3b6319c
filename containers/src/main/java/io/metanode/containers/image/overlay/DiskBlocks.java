package io.metanode.containers.image.overlay;

import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.sys.Syscalls.FileStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Counts what a tree holds on disk, each file once however many names it has. */
public final class DiskBlocks {

  private static final int BLOCK_BYTES = 512;

  private final Syscalls syscalls;
  private final Set<Long> counted = new HashSet<>();

  private DiskBlocks(Syscalls syscalls) {
    this.syscalls = syscalls;
  }

  /** Bytes of the blocks of all files below a directory; the tree may change meanwhile. */
  public static long bytes(Path root, Syscalls syscalls) throws IOException {
    return new DiskBlocks(syscalls).below(root);
  }

  private long below(Path directory) throws IOException {
    long bytes = 0;
    try (Stream<Path> children = Files.list(directory)) {
      for (Path child : (Iterable<Path>) children::iterator) {
        bytes += one(child);
      }
    } catch (NoSuchFileException e) {
      return bytes;
    }
    return bytes;
  }

  private long one(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return 0;
    }
    FileStatus status = syscalls.status(path);
    long own =
        status.links() < 2 || counted.add(status.inode()) ? status.blocks512() * BLOCK_BYTES : 0;
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? own + below(path) : own;
  }
}
