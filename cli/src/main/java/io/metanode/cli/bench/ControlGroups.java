package io.metanode.cli.bench;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The control groups a peer makes under a parent of its own, in every mounted hierarchy. */
record ControlGroups(String parent) {

  private static final Path MOUNTS = Path.of("/proc/self/mounts");
  private static final int TRIES = 100;
  private static final long PAUSE_NANOS = 50_000_000;

  /**
   * Removes the parent group. One that holds a process is tried again for some seconds, since what
   * was killed takes its time to go; one that still does stays, and is named.
   */
  void remove() throws IOException {
    for (Path directory : under(Files.readAllLines(MOUNTS))) {
      if (Files.isDirectory(directory)) {
        try (var children = Files.newDirectoryStream(directory, Files::isDirectory)) {
          for (Path child : children) {
            delete(child);
          }
        }
        delete(directory);
      }
    }
  }

  private static void delete(Path group) throws IOException {
    for (int left = TRIES; ; left--) {
      try {
        Files.delete(group);
        return;
      } catch (FileSystemException e) {
        if (left == 0) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** Where the group lies: a hierarchy may be mounted more than once. */
  List<Path> under(List<String> mounts) {
    return mounts.stream()
        .map(line -> line.split(" ", -1))
        .filter(words -> words[2].equals("cgroup") || words[2].equals("cgroup2"))
        .map(words -> Path.of(words[1], parent))
        .distinct()
        .toList();
  }
}
