package io.metanode.containers.launch;

import io.metanode.containers.launch.GroupSteps.Limit;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Resources, which an OCI configuration states in version 1's terms, as files of control groups of
 * version 2, converted as runc does (libcontainer/cgroups, release 1.1).
 */
final class Version2Limits {

  private static final String NO_LIMIT = "max";
  private static final long DEFAULT_PERIOD_MICROS = 100_000;

  // cpu.shares of 2 to 262144 become cpu.weight of 1 to 10000.
  private static final long LEAST_SHARES = 2;
  private static final long SHARES_SPAN = 262_142;
  private static final long WEIGHT_SPAN = 9999;

  private final List<Limit> limits = new ArrayList<>();

  private Version2Limits() {}

  static List<Limit> of(JsonNode resources) throws OutsideLauncherException {
    Version2Limits found = new Version2Limits();
    Resources.pids(resources.path("pids"))
        .ifPresent(value -> found.limits.add(new Limit("pids.max", value)));
    found.memory(resources.path("memory"));
    found.cpu(resources.path("cpu"));
    return found.limits;
  }

  private void memory(JsonNode memory) throws OutsideLauncherException {
    Resources.memory(memory);
    long limit = memory.path("limit").asLong(0);
    long swap = memory.path("swap").asLong(0);
    long reservation = memory.path("reservation").asLong(0);
    // Swap is counted apart; version 1 counts memory and swap together.
    if (swap > 0) {
      if (limit <= 0 || swap < limit) {
        throw new OutsideLauncherException("swap without memory");
      }
      limits.add(new Limit("memory.swap.max", Long.toString(swap - limit)));
    } else if (swap < 0 || limit < 0) {
      limits.add(new Limit("memory.swap.max", NO_LIMIT));
    }
    if (limit != 0) {
      limits.add(new Limit("memory.max", bound(limit)));
    }
    if (reservation != 0) {
      limits.add(new Limit("memory.low", bound(reservation)));
    }
  }

  private static String bound(long bytes) {
    return bytes < 0 ? NO_LIMIT : Long.toString(bytes);
  }

  private void cpu(JsonNode cpu) throws OutsideLauncherException {
    Resources.cpu(cpu);
    long shares = cpu.path("shares").asLong(0);
    long quota = cpu.path("quota").asLong(0);
    long period = cpu.path("period").asLong(0);
    if (shares != 0) {
      if (shares < LEAST_SHARES || shares > LEAST_SHARES + SHARES_SPAN) {
        throw new OutsideLauncherException("cpu shares of " + shares);
      }
      long weight = 1 + (shares - LEAST_SHARES) * WEIGHT_SPAN / SHARES_SPAN;
      limits.add(new Limit("cpu.weight", Long.toString(weight)));
    }
    if (quota != 0 || period != 0) {
      String time = quota > 0 ? Long.toString(quota) : NO_LIMIT;
      long each = period == 0 ? DEFAULT_PERIOD_MICROS : period;
      limits.add(new Limit("cpu.max", time + " " + each));
    }
    for (String name : List.of("cpus", "mems")) {
      String list = cpu.path(name).asString("");
      if (!list.isEmpty()) {
        limits.add(new Limit("cpuset." + name, list));
      }
    }
  }
}
