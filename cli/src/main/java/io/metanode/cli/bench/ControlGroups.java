package io.metanode.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The control groups a peer makes under a parent of its own, in every mounted hierarchy. */
record ControlGroups(String parent) {

  private static final Path MOUNTS = Path.of("/proc/self/mounts");

  /** Removes the parent group; groups that still hold processes stay, and are named. */
  void remove() throws IOException {
    for (Path directory : under(Files.readAllLines(MOUNTS))) {
      if (Files.isDirectory(directory)) {
        try (var children = Files.newDirectoryStream(directory, Files::isDirectory)) {
          for (Path child : children) {
            Files.delete(child);
          }
        }
        Files.delete(directory);
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
