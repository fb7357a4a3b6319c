package io.metanode.containers.api;

import io.metanode.containers.cgroup.Cgroups;
import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.LiveReading;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of {@code GET /containers/{id}/stats}, as Docker has it on cgroup version 1 and 2. */
final class StatsJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private final int cgroupVersion;
  private final long hostMemoryBytes;

  /**
   * @param hostMemoryBytes the limit that is shown of containers that have none
   */
  StatsJson(int cgroupVersion, long hostMemoryBytes) {
    this.cgroupVersion = cgroupVersion;
    this.hostMemoryBytes = hostMemoryBytes;
  }

  /**
   * A reading and the host's processors at the same time.
   *
   * @param reading empty for a container that does not run
   */
  record Sample(Optional<LiveReading> reading, ProcessorTime host) {}

  /**
   * @param before the sample that rates are taken against; empty for none
   */
  ObjectNode json(Container container, Sample now, Optional<Sample> before) {
    ObjectNode json = NODES.objectNode();
    json.put("read", time(Optional.of(now)));
    json.put("preread", time(before));
    json.set("pids_stats", now.reading().map(this::pids).orElseGet(NODES::objectNode));
    json.set("blkio_stats", blockIo(now.reading()));
    json.put("num_procs", 0);
    json.putObject("storage_stats");
    json.set("cpu_stats", cpu(Optional.of(now)));
    json.set("precpu_stats", cpu(before));
    json.set("memory_stats", now.reading().map(this::memory).orElseGet(NODES::objectNode));
    json.put("name", "/" + container.state().name());
    json.put("id", container.id());
    now.reading()
        .filter(reading -> !reading.network().isEmpty())
        .ifPresent(
            reading -> {
              ObjectNode networks = json.putObject("networks");
              new TreeMap<>(reading.network())
                  .forEach((link, counters) -> networks.set(link, network(counters)));
            });
    return json;
  }

  private static String time(Optional<Sample> sample) {
    return sample
        .flatMap(Sample::reading)
        .map(LiveReading::at)
        .map(Instant::toString)
        .orElse(NEVER);
  }

  private ObjectNode pids(LiveReading reading) {
    long limit = reading.counters().pidsLimit();
    ObjectNode json = NODES.objectNode().put("current", reading.counters().pids());
    // Docker shows no limit as the largest unsigned number.
    return limit == Long.MAX_VALUE
        ? json.put("limit", new java.math.BigInteger("18446744073709551615"))
        : json.put("limit", limit);
  }

  private static ObjectNode blockIo(Optional<LiveReading> reading) {
    ObjectNode json = NODES.objectNode();
    if (reading.isEmpty() || reading.get().blockDevices().isEmpty()) {
      json.putNull("io_service_bytes_recursive");
    } else {
      ArrayNode list = json.putArray("io_service_bytes_recursive");
      for (Cgroups.DeviceBytes device : reading.get().blockDevices()) {
        list.add(blockEntry(device, "read", device.readBytes()));
        list.add(blockEntry(device, "write", device.writeBytes()));
      }
    }
    for (String absent :
        new String[] {
          "io_serviced_recursive",
          "io_queue_recursive",
          "io_service_time_recursive",
          "io_wait_time_recursive",
          "io_merged_recursive",
          "io_time_recursive",
          "sectors_recursive"
        }) {
      json.putNull(absent);
    }
    return json;
  }

  private static ObjectNode blockEntry(Cgroups.DeviceBytes device, String operation, long bytes) {
    return NODES
        .objectNode()
        .put("major", device.major())
        .put("minor", device.minor())
        .put("op", operation)
        .put("value", bytes);
  }

  private static ObjectNode cpu(Optional<Sample> sample) {
    ObjectNode json = NODES.objectNode();
    Optional<LiveReading> reading = sample.flatMap(Sample::reading);
    ObjectNode usage = json.putObject("cpu_usage");
    usage.put("total_usage", reading.map(r -> r.counters().cpuNanos()).orElse(0L));
    List<Long> each = reading.map(LiveReading::processorNanos).orElse(List.of());
    if (!each.isEmpty()) {
      each.forEach(usage.putArray("percpu_usage")::add);
    }
    usage.put("usage_in_kernelmode", reading.map(r -> r.counters().cpuSystemNanos()).orElse(0L));
    usage.put("usage_in_usermode", reading.map(r -> r.counters().cpuUserNanos()).orElse(0L));
    if (reading.isPresent()) {
      json.put("system_cpu_usage", sample.get().host().nanos());
      json.put("online_cpus", sample.get().host().processors());
    }
    json.putObject("throttling_data")
        .put("periods", reading.map(r -> r.counters().periods()).orElse(0L))
        .put("throttled_periods", reading.map(r -> r.counters().throttledPeriods()).orElse(0L))
        .put("throttled_time", reading.map(r -> r.counters().throttledNanos()).orElse(0L));
    return json;
  }

  private ObjectNode memory(LiveReading reading) {
    Cgroups.Reading counters = reading.counters();
    ObjectNode json = NODES.objectNode().put("usage", counters.memoryBytes());
    if (cgroupVersion == 1) {
      json.put("max_usage", counters.memoryPeakBytes());
    }
    ObjectNode details = json.putObject("stats");
    new TreeMap<>(reading.memory()).forEach(details::put);
    return json.put("limit", Math.min(counters.memoryLimitBytes(), hostMemoryBytes));
  }

  private static ObjectNode network(Map<String, Long> counters) {
    ObjectNode json = NODES.objectNode();
    new TreeMap<>(counters).forEach(json::put);
    return json;
  }
}
