package io.metanode.containers.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where cgroups are mounted.
 *
 * @param version1 by controller ({@code memory}) or name ({@code name=systemd})
 * @param version2 the unified hierarchy
 */
record Hierarchies(Map<String, Path> version1, Optional<Path> version2) {

  private static final Path MOUNTS = Path.of("/proc/self/mounts");

  /** Mount options that are not controllers. */
  private static final Set<String> FLAGS =
      Set.of(
          "rw",
          "ro",
          "nosuid",
          "nodev",
          "noexec",
          "relatime",
          "noatime",
          "xattr",
          "release_agent",
          "clone_children",
          "favordynmods");

  /** Reads them from this process's mounts; the first mount of each counts. */
  static Hierarchies detect() throws IOException {
    return parse(Files.readAllLines(MOUNTS));
  }

  static Hierarchies parse(List<String> mounts) {
    Map<String, Path> version1 = new LinkedHashMap<>();
    Optional<Path> version2 = Optional.empty();
    for (String mount : mounts) {
      String[] words = mount.split(" ", -1);
      Path target = Path.of(words[1]);
      if (words[2].equals("cgroup2") && version2.isEmpty()) {
        version2 = Optional.of(target);
      } else if (words[2].equals("cgroup")) {
        for (String option : words[3].split(",", -1)) {
          if (!FLAGS.contains(option) && !option.startsWith("release_agent=")) {
            version1.putIfAbsent(option, target);
          }
        }
      }
    }
    return new Hierarchies(version1, version2);
  }

  /** 1 if the controllers that limit are of version 1. */
  int version() {
    return version1.containsKey("memory") || version2.isEmpty() ? 1 : 2;
  }

  /** The group's directory in the version 1 hierarchy of a controller. */
  Optional<Path> version1(String controller, String group) {
    return Optional.ofNullable(version1.get(controller)).map(root -> root.resolve(group));
  }

  Optional<Path> version2(String group) {
    return version2.map(root -> root.resolve(group));
  }

  /** The group's directories, one in each hierarchy. */
  List<Path> all(String group) {
    Set<Path> roots = new LinkedHashSet<>(version1.values());
    version2.ifPresent(roots::add);
    List<Path> directories = new ArrayList<>();
    roots.forEach(root -> directories.add(root.resolve(group)));
    return directories;
  }
}
