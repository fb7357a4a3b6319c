package io.metanode.containers.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The hierarchies of control groups a process is to join.
 *
 * @param version1 in the order they are mounted
 * @param unified the hierarchy of version 2, beside them or alone; at most one
 */
record ControlGroups(List<Hierarchy> version1, List<Path> unified) {

  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
  private static final Set<String> LIMITING = Set.of("cpu", "cpuset", "memory", "devices", "pids");
  private static final int MOUNT_ROOT = 3;
  private static final int MOUNT_POINT = 4;

  /**
   * @param options controllers, and options of the mount
   */
  record Hierarchy(Path mountPoint, Set<String> options) {}

  static ControlGroups detect() throws IOException {
    return parse(Files.readAllLines(MOUNTS));
  }

  /** Lines of mountinfo (proc(5)); a hierarchy of which only a part is mounted does not count. */
  static ControlGroups parse(List<String> lines) {
    List<Hierarchy> version1 = new ArrayList<>();
    List<Path> unified = new ArrayList<>();
    for (String line : lines) {
      String[] halves = line.split(" - ", 2);
      String[] words = halves[0].split(" ", -1);
      String[] after = halves[1].split(" ", -1);
      if (!words[MOUNT_ROOT].equals("/")) {
        continue;
      }
      Path point = Path.of(words[MOUNT_POINT]);
      if (after[0].equals("cgroup2") && unified.isEmpty()) {
        unified.add(point);
      } else if (after[0].equals("cgroup")) {
        Hierarchy found = new Hierarchy(point, Set.of(after[2].split(",", -1)));
        if (version1.stream().noneMatch(known -> known.options().equals(found.options()))) {
          version1.add(found);
        }
      }
    }
    return new ControlGroups(List.copyOf(version1), List.copyOf(unified));
  }

  /** Of which version all controllers that limit are; 0 where they are of both or not there. */
  int version() {
    if (version1.isEmpty()) {
      return unified.isEmpty() ? 0 : 2;
    }
    boolean all =
        LIMITING.stream()
            .allMatch(name -> version1.stream().anyMatch(h -> h.options().contains(name)));
    return all ? 1 : 0;
  }
}
