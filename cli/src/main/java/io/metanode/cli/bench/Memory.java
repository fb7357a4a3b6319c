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
 * @param helpers processes there are because of containers
 * @param helperKilobytes their proportional set size
 */
record Memory(int daemons, long daemonKilobytes, int helpers, long helperKilobytes) {

  static Memory of(Engine engine) throws IOException {
    Path namespace = namespace(Path.of("/proc", Long.toString(engine.pid())));
    Memory sum = new Memory(0, 0, 0, 0);
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
        helpers + other.helpers,
        helperKilobytes + other.helperKilobytes);
  }

  /** One process's part: nothing if it is in another namespace, or ended while it was looked at. */
  private static Memory part(Path process, Path namespace) {
    try {
      if (!namespace(process).equals(namespace)) {
        return new Memory(0, 0, 0, 0);
      }
      long size = kilobytes(process);
      return isDaemon(Files.readString(process.resolve("comm")).strip())
          ? new Memory(1, size, 0, 0)
          : new Memory(0, 0, 1, size);
    } catch (IOException e) {
      return new Memory(0, 0, 0, 0);
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

  private static long kilobytes(Path process) throws IOException {
    for (String line : Files.readAllLines(process.resolve("smaps_rollup"))) {
      if (line.startsWith("Pss:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return 0;
  }
}
