package io.metanode.containers.cgroup;

import io.metanode.containers.spec.Limits;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The control groups of containers, on version 1, 2 or a hybrid: each controller where it is. */
public interface Cgroups {

  /** 1 where the resource controllers are version 1, 2 where they are unified. */
  int version();

  /**
   * The {@code cgroupsPath} of a container for the OCI configuration: absolute, as runc takes it.
   */
  String path(ContainerGroup group);

  /** Reads counters; empty if the container has no groups. */
  Optional<Reading> read(ContainerGroup group) throws IOException;

  /** Reads the counters that are metered, and no others; empty if the container has no groups. */
  Optional<Metered> metered(ContainerGroup group) throws IOException;

  /** {@code memory.stat} as the kernel writes it, by key; empty without groups. */
  Map<String, Long> memoryDetails(ContainerGroup group) throws IOException;

  /** What went to and from each block device; empty without groups. */
  List<DeviceBytes> blockDevices(ContainerGroup group) throws IOException;

  /** CPU time on each processor in nanoseconds; empty where the kernel does not count it apart. */
  List<Long> processorNanos(ContainerGroup group) throws IOException;

  /** Stops every process of the container from running; returns once all are stopped. */
  void freeze(ContainerGroup group) throws IOException;

  void thaw(ContainerGroup group) throws IOException;

  /**
   * Changes the limits of a running container.
   *
   * @throws IOException if the kernel refuses, as where more memory is held than is to be allowed
   */
  void limit(ContainerGroup group, Limits limits) throws IOException;

  /** The pids in the container's groups. */
  List<Integer> processes(ContainerGroup group) throws IOException;

  /** Removes the container's groups. */
  void remove(ContainerGroup group) throws IOException;

  /**
   * Kills what is left in, and removes, all in the engine's own group but {@code known} and what
   * they lie in.
   */
  void removeOwnExcept(Set<ContainerGroup> known) throws IOException;

  /** Bytes read from and written to one block device. */
  record DeviceBytes(int major, int minor, long readBytes, long writeBytes) {}

  /** Of a {@link Reading} what is metered. */
  record Metered(long cpuNanos, long memoryBytes, long outOfMemoryKills) {}

  /**
   * What the kernel counts.
   *
   * @param cpuNanos CPU time in nanoseconds since the group was made
   * @param cpuUserNanos of which in user mode
   * @param cpuSystemNanos of which in kernel mode
   * @param throttledPeriods periods in which the CPU limit held it back, of {@code periods}
   * @param memoryBytes memory charged now
   * @param memoryInactiveFileBytes of which page cache that can be dropped at once
   * @param memoryPeakBytes the most that was charged
   * @param memoryLimitBytes the limit; {@link Long#MAX_VALUE} without one
   * @param outOfMemoryKills processes the memory limit killed
   * @param pids processes and threads now
   * @param pidsLimit the limit; {@link Long#MAX_VALUE} without one
   * @param readBytes bytes read from block devices
   * @param writeBytes bytes written to block devices
   */
  record Reading(
      long cpuNanos,
      long cpuUserNanos,
      long cpuSystemNanos,
      long throttledNanos,
      long throttledPeriods,
      long periods,
      long memoryBytes,
      long memoryInactiveFileBytes,
      long memoryPeakBytes,
      long memoryLimitBytes,
      long outOfMemoryKills,
      long pids,
      long pidsLimit,
      long readBytes,
      long writeBytes) {}
}
