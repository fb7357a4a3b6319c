package io.metanode.containers.cgroup;

import io.metanode.containers.spec.Limits;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** Changes the limits of groups whose processes run. What a host has no file for is left out. */
final class LiveLimits {

  private static final String NO_LIMIT = "max";
  private static final long UNLIMITED = -1;

  private final Hierarchies hierarchies;
  private final String group;

  LiveLimits(Hierarchies hierarchies, String group) {
    this.hierarchies = hierarchies;
    this.group = group;
  }

  /**
   * @throws IOException in runc's words if the kernel refuses; some limits may be changed then
   */
  void apply(Limits limits) throws IOException {
    memory(limits);
    cpu(limits);
    String pids = limits.pids().isPresent() ? Long.toString(limits.pids().getAsLong()) : NO_LIMIT;
    write(at("pids"), "pids.max", pids);
    if (limits.blockIoWeight().isPresent()) {
      String weight = Integer.toString(limits.blockIoWeight().getAsInt());
      write(hierarchies.version1("blkio", group), "blkio.weight", weight);
      write(hierarchies.version1("blkio", group), "blkio.bfq.weight", weight);
      if (!hierarchies.version1().containsKey("blkio")) {
        write(hierarchies.version2(group), "io.bfq.weight", weight);
      }
    }
  }

  private Optional<Path> at(String controller) {
    return hierarchies.version1(controller, group).or(() -> hierarchies.version2(group));
  }

  private void memory(Limits limits) throws IOException {
    Optional<Path> own = hierarchies.version1("memory", group);
    if (own.isPresent()) {
      memoryVersion1(own, limits);
      return;
    }
    Optional<Path> unified = hierarchies.version2(group);
    if (unified.isEmpty()) {
      return;
    }
    if (limits.memoryBytes().isPresent()) {
      long limit = limits.memoryBytes().getAsLong();
      // The kernel would kill rather than refuse.
      var stat = CgroupFile.keyed(unified.get().resolve("memory.stat"));
      long held = stat.getOrDefault("anon", 0L) + stat.getOrDefault("shmem", 0L);
      if (held > limit) {
        throw below(unified.get(), "memory.current", "memory.peak", limit);
      }
      long swap = limits.memorySwapBytes().orElse(0);
      if (swap != 0) {
        write(unified, "memory.swap.max", swap < 0 ? NO_LIMIT : Long.toString(swap - limit));
      }
      write(unified, "memory.max", Long.toString(limit));
    }
    write(unified, "memory.low", limits.memoryReservationBytes());
  }

  /** Memory may never be above memory and swap: which goes first depends on the direction. */
  private void memoryVersion1(Optional<Path> own, Limits limits) throws IOException {
    OptionalLong swap = limits.memorySwapBytes();
    Path directory = own.orElseThrow();
    OptionalLong before = CgroupFile.number(directory.resolve("memory.memsw.limit_in_bytes"));
    boolean grows =
        swap.isPresent()
            && (swap.getAsLong() == UNLIMITED || swap.getAsLong() > before.orElse(Long.MAX_VALUE));
    if (grows) {
      write(own, "memory.memsw.limit_in_bytes", swap);
    }
    if (limits.memoryBytes().isPresent()) {
      try {
        write(own, "memory.limit_in_bytes", limits.memoryBytes());
      } catch (FileSystemException e) {
        throw below(
            directory,
            "memory.usage_in_bytes",
            "memory.max_usage_in_bytes",
            limits.memoryBytes().getAsLong());
      }
    }
    if (!grows) {
      write(own, "memory.memsw.limit_in_bytes", swap);
    }
    write(own, "memory.soft_limit_in_bytes", limits.memoryReservationBytes());
  }

  private static IOException below(Path directory, String usage, String peak, long limit)
      throws IOException {
    return new IOException(
        "unable to set memory limit to %d (current usage: %d, peak usage: %d)"
            .formatted(
                limit,
                CgroupFile.numberOrZero(directory.resolve(usage)),
                CgroupFile.numberOrZero(directory.resolve(peak))));
  }

  private void cpu(Limits limits) throws IOException {
    Optional<Path> own = hierarchies.version1("cpu", group);
    if (own.isPresent()) {
      write(own, "cpu.shares", limits.cpuShares());
      write(own, "cpu.cfs_period_us", limits.cpuPeriodMicros());
      write(own, "cpu.cfs_quota_us", limits.cpuQuotaMicros());
    } else if (hierarchies.version2().isPresent()) {
      Optional<Path> unified = hierarchies.version2(group);
      if (limits.cpuShares().isPresent()) {
        write(unified, "cpu.weight", Long.toString(weight(limits.cpuShares().getAsLong())));
      }
      if (limits.cpuQuotaMicros().isPresent() || limits.cpuPeriodMicros().isPresent()) {
        long quota = limits.cpuQuotaMicros().orElse(UNLIMITED);
        write(
            unified,
            "cpu.max",
            (quota > 0 ? Long.toString(quota) : NO_LIMIT)
                + " "
                + limits.cpuPeriodMicros().orElse(Limits.CPU_PERIOD_MICROS));
      }
    }
    if (limits.cpusetCpus().isPresent()) {
      write(at("cpuset"), "cpuset.cpus", limits.cpusetCpus().get());
    }
    if (limits.cpusetMems().isPresent()) {
      write(at("cpuset"), "cpuset.mems", limits.cpusetMems().get());
    }
  }

  /** Shares of 2 to 262144 become a weight of 1 to 10000, as runc does. */
  private static long weight(long shares) {
    return 1 + (Math.clamp(shares, 2L, 262_144L) - 2) * 9999 / 262_142;
  }

  private static void write(Optional<Path> directory, String file, OptionalLong value)
      throws IOException {
    if (value.isPresent()) {
      write(directory, file, Long.toString(value.getAsLong()));
    }
  }

  private static void write(Optional<Path> directory, String file, String value)
      throws IOException {
    if (directory.isPresent() && Files.exists(directory.get().resolve(file))) {
      try {
        Files.writeString(directory.get().resolve(file), value);
      } catch (FileSystemException e) {
        throw e;
      } catch (IOException e) {
        // Writes, unlike opens, carry the reason alone.
        throw new FileSystemException(file, value, String.valueOf(e.getMessage()));
      }
    }
  }
}
