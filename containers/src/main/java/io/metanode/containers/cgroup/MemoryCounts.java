package io.metanode.containers.cgroup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Memory of a group, in bytes. */
record MemoryCounts(
    long bytes, long inactiveFileBytes, long peakBytes, long limitBytes, long outOfMemoryKills) {

  static final MemoryCounts NONE = new MemoryCounts(0, 0, 0, Long.MAX_VALUE, 0);

  /** Version 1 writes no limit as the largest multiple of the page size. */
  private static final long UNLIMITED = Long.MAX_VALUE & ~0xFFFFL;

  static MemoryCounts version1(Path group) throws IOException {
    long limit = CgroupFile.number(group.resolve("memory.limit_in_bytes")).orElse(Long.MAX_VALUE);
    return new MemoryCounts(
        bytesVersion1(group),
        CgroupFile.keyed(group.resolve("memory.stat")).getOrDefault("total_inactive_file", 0L),
        CgroupFile.numberOrZero(group.resolve("memory.max_usage_in_bytes")),
        limit >= UNLIMITED ? Long.MAX_VALUE : limit,
        killsVersion1(group));
  }

  static long bytesVersion1(Path group) throws IOException {
    return CgroupFile.numberOrZero(group.resolve("memory.usage_in_bytes"));
  }

  static long killsVersion1(Path group) throws IOException {
    return CgroupFile.keyed(group.resolve("memory.oom_control")).getOrDefault("oom_kill", 0L);
  }

  /** Kernels before 5.19 keep no peak; the present is the best that is known there. */
  static MemoryCounts version2(Path group) throws IOException {
    long current = bytesVersion2(group);
    OptionalLong peak = CgroupFile.number(group.resolve("memory.peak"));
    return new MemoryCounts(
        current,
        CgroupFile.keyed(group.resolve("memory.stat")).getOrDefault("inactive_file", 0L),
        peak.orElse(current),
        CgroupFile.number(group.resolve("memory.max")).orElse(Long.MAX_VALUE),
        killsVersion2(group));
  }

  static long bytesVersion2(Path group) throws IOException {
    return CgroupFile.numberOrZero(group.resolve("memory.current"));
  }

  static long killsVersion2(Path group) throws IOException {
    return CgroupFile.keyed(group.resolve("memory.events")).getOrDefault("oom_kill", 0L);
  }
}
