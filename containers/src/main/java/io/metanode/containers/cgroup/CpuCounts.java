package io.metanode.containers.cgroup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** CPU time of a group, in nanoseconds. */
record CpuCounts(
    long nanos,
    long userNanos,
    long systemNanos,
    long throttledNanos,
    long throttledPeriods,
    long periods) {

  static final CpuCounts NONE = new CpuCounts(0, 0, 0, 0, 0, 0);
  private static final long NANOS_PER_MICRO = 1000;

  /** Version 1: {@code cpuacct} counts, {@code cpu} throttles. */
  static CpuCounts version1(Path accounting, Optional<Path> cpu) throws IOException {
    Map<String, Long> stat =
        cpu.isPresent() ? CgroupFile.keyed(cpu.get().resolve("cpu.stat")) : Map.of();
    return new CpuCounts(
        nanosVersion1(accounting),
        CgroupFile.numberOrZero(accounting.resolve("cpuacct.usage_user")),
        CgroupFile.numberOrZero(accounting.resolve("cpuacct.usage_sys")),
        stat.getOrDefault("throttled_time", 0L),
        stat.getOrDefault("nr_throttled", 0L),
        stat.getOrDefault("nr_periods", 0L));
  }

  static long nanosVersion1(Path accounting) throws IOException {
    return CgroupFile.numberOrZero(accounting.resolve("cpuacct.usage"));
  }

  static List<Long> processorNanosVersion1(Path accounting) throws IOException {
    return CgroupFile.lines(accounting.resolve("cpuacct.usage_percpu")).stream()
        .flatMap(line -> Stream.of(line.strip().split(" ")))
        .map(Long::parseLong)
        .toList();
  }

  static long nanosVersion2(Path group) throws IOException {
    return version2(group).nanos();
  }

  static CpuCounts version2(Path group) throws IOException {
    Map<String, Long> stat = CgroupFile.keyed(group.resolve("cpu.stat"));
    return new CpuCounts(
        stat.getOrDefault("usage_usec", 0L) * NANOS_PER_MICRO,
        stat.getOrDefault("user_usec", 0L) * NANOS_PER_MICRO,
        stat.getOrDefault("system_usec", 0L) * NANOS_PER_MICRO,
        stat.getOrDefault("throttled_usec", 0L) * NANOS_PER_MICRO,
        stat.getOrDefault("nr_throttled", 0L),
        stat.getOrDefault("nr_periods", 0L));
  }
}
