package io.metanode.containers.engine;

import io.metanode.containers.cgroup.Cgroups;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a running container's counters say at one instant.
 *
 * @param at when they were read
 * @param counters the control groups' counters
 * @param memory {@code memory.stat} as the kernel writes it
 * @param blockDevices bytes to and from each block device
 * @param processorNanos CPU time on each processor; empty where it is not counted apart
 * @param network counters of its links as the container sees them, for example {@code rx_bytes}, by
 *     the link's name; empty without links of its own
 */
public record LiveReading(
    Instant at,
    Cgroups.Reading counters,
    Map<String, Long> memory,
    List<Cgroups.DeviceBytes> blockDevices,
    List<Long> processorNanos,
    Map<String, Map<String, Long>> network) {

  public LiveReading {
    memory = Map.copyOf(memory);
    blockDevices = List.copyOf(blockDevices);
    processorNanos = List.copyOf(processorNanos);
    network = Map.copyOf(network);
  }
}
