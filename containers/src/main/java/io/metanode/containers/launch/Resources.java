package io.metanode.containers.launch;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The resources of an OCI configuration that are known. */
final class Resources {

  private Resources() {}

  static void memory(JsonNode memory) throws OutsideLauncherException {
    if (!memory.isMissingNode()) {
      Fields.object(memory, "memory", "limit", "reservation", "swap", "disableOOMKiller");
    }
  }

  static void cpu(JsonNode cpu) throws OutsideLauncherException {
    if (!cpu.isMissingNode()) {
      Fields.object(cpu, "cpu", "shares", "quota", "period", "cpus", "mems");
    }
  }

  /** What {@code pids.max} is to hold; empty if nothing. */
  static Optional<String> pids(JsonNode pids) throws OutsideLauncherException {
    if (pids.isMissingNode()) {
      return Optional.empty();
    }
    Fields.object(pids, "pids", "limit");
    long limit = pids.path("limit").asLong(0);
    return limit == 0 ? Optional.empty() : Optional.of(limit < 0 ? "max" : Long.toString(limit));
  }
}
