package io.metanode.containers.launch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The control groups of a container and their limits, as runc sets them on version 1. */
record GroupSteps(Plan plan, ControlGroups groups, String group) {

  /** What runc allows every container beyond its configuration. */
  private static final List<String> DEVICES =
      List.of(
          "c *:* m",
          "b *:* m",
          "c 1:3 rwm",
          "c 1:8 rwm",
          "c 1:7 rwm",
          "c 5:0 rwm",
          "c 1:5 rwm",
          "c 1:9 rwm",
          "c 136:* rwm",
          "c 5:2 rwm",
          "c 10:200 rwm");

  private static final String JOIN = "cgroup.procs";

  void write(JsonNode resources) throws OutsideLauncherException {
    Fields.object(resources, "resources", "devices", "memory", "cpu", "pids");
    if (!groups.limiting()) {
      throw new OutsideLauncherException("control groups of version 2");
    }
    Map<String, List<String[]>> limits = new LinkedHashMap<>();
    limits.put("devices", devices(resources.path("devices")));
    limits.put("memory", memory(resources.path("memory")));
    limits.put("cpu", cpu(resources.path("cpu")));
    limits.put("cpuset", cpuset(resources.path("cpu")));
    limits.put("pids", pids(resources.path("pids")));
    for (ControlGroups.Hierarchy hierarchy : groups.version1()) {
      plan.step("group", hierarchy.mountPoint(), group.substring(1), JOIN);
      for (Map.Entry<String, List<String[]>> entry : limits.entrySet()) {
        if (hierarchy.options().contains(entry.getKey())) {
          for (String[] limit : entry.getValue()) {
            plan.step("limit", (Object[]) limit);
          }
        }
      }
    }
    for (Object unified : groups.unified()) {
      plan.step("group", unified, group.substring(1), JOIN);
    }
  }

  /** One more process in groups that exist. */
  void enter() throws OutsideLauncherException {
    for (ControlGroups.Hierarchy hierarchy : groups.version1()) {
      plan.step("enter", hierarchy.mountPoint() + group + "/" + JOIN);
    }
    for (Object unified : groups.unified()) {
      plan.step("enter", unified + group + "/" + JOIN);
    }
  }

  private static List<String[]> devices(JsonNode rules) throws OutsideLauncherException {
    List<String[]> steps = new ArrayList<>();
    steps.add(new String[] {"devices.deny", "a"});
    for (int i = 0; i < rules.size(); i++) {
      JsonNode rule = rules.path(i);
      Fields.object(rule, "devices", "allow", "type", "major", "minor", "access");
      if (i == 0) {
        if (rule.path("allow").asBoolean(true) || rule.has("type")) {
          throw new OutsideLauncherException("devices that are not denied first");
        }
        continue;
      }
      String type = Fields.text(rule.path("type"));
      if (!rule.path("allow").asBoolean(false) || !List.of("b", "c").contains(type)) {
        throw new OutsideLauncherException("the device rule " + rule);
      }
      steps.add(
          new String[] {
            "devices.allow",
            type
                + " "
                + number(rule.path("major"))
                + ":"
                + number(rule.path("minor"))
                + " "
                + Fields.text(rule.path("access"))
          });
    }
    if (rules.isEmpty()) {
      throw new OutsideLauncherException("no device rules");
    }
    DEVICES.forEach(rule -> steps.add(new String[] {"devices.allow", rule}));
    return steps;
  }

  private static String number(JsonNode node) {
    return node.isMissingNode() ? "*" : node.asString();
  }

  private static List<String[]> memory(JsonNode memory) throws OutsideLauncherException {
    if (memory.isMissingNode()) {
      return List.of();
    }
    Fields.object(memory, "memory", "limit", "reservation", "swap", "disableOOMKiller");
    List<String[]> steps = new ArrayList<>();
    add(steps, "memory.limit_in_bytes", memory.path("limit"));
    add(steps, "memory.memsw.limit_in_bytes", memory.path("swap"));
    add(steps, "memory.soft_limit_in_bytes", memory.path("reservation"));
    if (memory.path("disableOOMKiller").asBoolean(false)) {
      steps.add(new String[] {"memory.oom_control", "1"});
    }
    return steps;
  }

  private static List<String[]> cpu(JsonNode cpu) throws OutsideLauncherException {
    if (cpu.isMissingNode()) {
      return List.of();
    }
    Fields.object(cpu, "cpu", "shares", "quota", "period", "cpus", "mems");
    List<String[]> steps = new ArrayList<>();
    add(steps, "cpu.shares", cpu.path("shares"));
    add(steps, "cpu.cfs_period_us", cpu.path("period"));
    add(steps, "cpu.cfs_quota_us", cpu.path("quota"));
    return steps;
  }

  private static List<String[]> cpuset(JsonNode cpu) {
    List<String[]> steps = new ArrayList<>();
    for (String name : List.of("cpus", "mems")) {
      String list = cpu.path(name).asString("");
      if (!list.isEmpty()) {
        steps.add(new String[] {"cpuset." + name, list});
      }
    }
    return steps;
  }

  private static List<String[]> pids(JsonNode pids) throws OutsideLauncherException {
    if (pids.isMissingNode()) {
      return List.of();
    }
    Fields.object(pids, "pids", "limit");
    long limit = pids.path("limit").asLong(0);
    if (limit == 0) {
      return List.of();
    }
    String value = limit < 0 ? "max" : Long.toString(limit);
    return List.<String[]>of(new String[] {"pids.max", value});
  }

  /** Zero and nothing mean the same: the kernel's own. */
  private static void add(List<String[]> steps, String file, JsonNode value) {
    String text = value.asString("");
    if (!text.isEmpty() && !text.equals("0")) {
      steps.add(new String[] {file, text});
    }
  }
}
