package io.metanode.containers.launch;

import io.metanode.containers.launch.GroupSteps.Limit;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Resources as files of control groups of version 1. */
final class Version1Limits {

  private final List<Limit> limits = new ArrayList<>();

  private Version1Limits() {}

  static List<Limit> of(JsonNode resources) throws OutsideLauncherException {
    Version1Limits found = new Version1Limits();
    found.devices(resources.path("devices"));
    found.memory(resources.path("memory"));
    found.cpu(resources.path("cpu"));
    found.pids(resources.path("pids"));
    return found.limits;
  }

  private void devices(JsonNode rules) throws OutsideLauncherException {
    List<DeviceRule> allowed = DeviceRule.read(rules);
    limits.add(new Limit("devices.deny", "a"));
    allowed.forEach(rule -> limits.add(new Limit("devices.allow", rule.text())));
  }

  private void memory(JsonNode memory) throws OutsideLauncherException {
    Resources.memory(memory);
    add("memory.limit_in_bytes", memory.path("limit"));
    add("memory.memsw.limit_in_bytes", memory.path("swap"));
    add("memory.soft_limit_in_bytes", memory.path("reservation"));
    if (memory.path("disableOOMKiller").asBoolean(false)) {
      limits.add(new Limit("memory.oom_control", "1"));
    }
  }

  private void cpu(JsonNode cpu) throws OutsideLauncherException {
    Resources.cpu(cpu);
    add("cpu.shares", cpu.path("shares"));
    add("cpu.cfs_period_us", cpu.path("period"));
    add("cpu.cfs_quota_us", cpu.path("quota"));
    add("cpuset.cpus", cpu.path("cpus"));
    add("cpuset.mems", cpu.path("mems"));
  }

  private void pids(JsonNode pids) throws OutsideLauncherException {
    Resources.pids(pids).ifPresent(value -> limits.add(new Limit("pids.max", value)));
  }

  /** Zero and nothing mean the same: the kernel's own. */
  private void add(String file, JsonNode value) {
    String text = value.asString("");
    boolean list = file.startsWith("cpuset");
    if (!text.isEmpty() && (list || !text.equals("0"))) {
      limits.add(new Limit(file, text));
    }
  }
}
