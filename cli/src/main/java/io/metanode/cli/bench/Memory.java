package io.metanode.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The memory of an engine, from the kernel: the engine's processes are those in its mount namespace
 * (a container has one of its own), told apart into daemons and the helpers of containers.
 *
 * @param daemons processes that serve the engine as a whole
 * @param daemonKilobytes their proportional set size (PSS of /proc/pid/smaps_rollup)
 * @param residentKilobytes their resident set size (RSS), which counts pages that others share in
 *     full
 * @param helpers processes there are because of containers
 * @param helperKilobytes their proportional set size
 */
record Memory(
    int daemons, long daemonKilobytes, long residentKilobytes, int helpers, long helperKilobytes) {

  private static final Memory NONE = new Memory(0, 0, 0, 0, 0);

  static Memory of(Engine engine) throws IOException {
    Path namespace = namespace(Path.of("/proc", Long.toString(engine.pid())));
    Memory sum = NONE;
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : processes.filter(Memory::isProcess).toList()) {
        sum = sum.plus(part(process, namespace));
      }
    }
    return sum;
  }

  private Memory plus(Memory other) {
    return new Memory(
        daemons + other.daemons,
        daemonKilobytes + other.daemonKilobytes,
        residentKilobytes + other.residentKilobytes,
        helpers + other.helpers,
        helperKilobytes + other.helperKilobytes);
  }

  /** One process's part: nothing if it is in another namespace, or ended while it was looked at. */
  private static Memory part(Path process, Path namespace) {
    try {
      if (!namespace(process).equals(namespace)) {
        return NONE;
      }
      long size = kilobytes(process, "Pss:");
      return isDaemon(Files.readString(process.resolve("comm")).strip())
          ? new Memory(1, size, kilobytes(process, "Rss:"), 0, 0)
          : new Memory(0, 0, 0, 1, size);
    } catch (IOException e) {
      return NONE;
    }
  }

  private static boolean isDaemon(String name) {
    return name.equals("java") || name.equals("dockerd") || name.equals("containerd");
  }

  private static boolean isProcess(Path entry) {
    return entry.getFileName().toString().chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static Path namespace(Path process) throws IOException {
    return Files.readSymbolicLink(process.resolve("ns/mnt"));
  }

  private static long kilobytes(Path process, String which) throws IOException {
    for (String line : Files.readAllLines(process.resolve("smaps_rollup"))) {
      if (line.startsWith(which)) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return 0;
  }
}
