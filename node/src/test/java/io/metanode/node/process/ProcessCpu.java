package io.metanode.node.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The CPU time that the kernel counted of a process's control group, read without the engine. */
final class ProcessCpu {

  private ProcessCpu() {}

  static long nanos(int pid) throws IOException {
    Path unified = Path.of("/");
    for (String line : Files.readAllLines(Path.of("/proc", Integer.toString(pid), "cgroup"))) {
      String[] parts = line.split(":", 3);
      if (parts[1].contains("cpuacct")) {
        return Long.parseLong(
            Files.readString(
                    Path.of("/sys/fs/cgroup/cpuacct")
                        .resolve(parts[2].substring(1))
                        .resolve("cpuacct.usage"))
                .strip());
      }
      if (parts[1].isEmpty()) {
        unified = Path.of("/sys/fs/cgroup").resolve(parts[2].substring(1));
      }
    }
    for (String line : Files.readAllLines(unified.resolve("cpu.stat"))) {
      if (line.startsWith("usage_usec ")) {
        return Long.parseLong(line.substring("usage_usec ".length())) * 1_000;
      }
    }
    throw new IOException("no CPU counter of process " + pid);
  }
}
