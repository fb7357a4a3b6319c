package io.metanode.containers.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The {@code linux.resources} object of an OCI configuration. */
final class OciResources {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern RULE = Pattern.compile("([abc]) (\\*|\\d+):(\\*|\\d+) ([rwm]{1,3})");

  private OciResources() {}

  static ObjectNode of(ContainerSettings settings, HostLimits host, List<String> warnings) {
    ObjectNode resources = JSON.createObjectNode();
    devices(resources.putArray("devices"), settings);
    Limits limits = settings.limits();
    memory(resources.putObject("memory"), limits, host, warnings);
    cpu(resources.putObject("cpu"), limits);
    limits.pids().ifPresent(pids -> resources.putObject("pids").put("limit", pids));
    if (limits.blockIoWeight().isPresent()) {
      if (host.blockIoWeight()) {
        resources.putObject("blockIO").put("weight", limits.blockIoWeight().getAsInt());
      } else {
        warnings.add(
            "Your kernel does not support Block I/O weight or the cgroup is not mounted. Weight"
                + " discarded.");
      }
    }
    return resources;
  }

  private static void memory(
      ObjectNode memory, Limits limits, HostLimits host, List<String> warnings) {
    put(memory, "limit", limits.memoryBytes());
    put(memory, "reservation", limits.memoryReservationBytes());
    if (limits.memorySwapBytes().isPresent() || limits.memoryBytes().isPresent()) {
      if (host.swapAccounting()) {
        put(memory, "swap", swap(limits));
      } else {
        warnings.add(
            "Your kernel does not support swap limit capabilities or the cgroup is not mounted."
                + " Memory limited without swap.");
      }
    }
    if (limits.memorySwappiness().isPresent()) {
      if (host.swappiness()) {
        put(memory, "swappiness", limits.memorySwappiness());
      } else {
        warnings.add(
            "Your kernel does not support memory swappiness capabilities or the cgroup is not"
                + " mounted. Memory swappiness discarded.");
      }
    }
    if (limits.oomKillDisabled()) {
      memory.put("disableOOMKiller", true);
    }
  }

  /** Docker: as much swap again as memory, unless said otherwise. */
  private static OptionalLong swap(Limits limits) {
    if (limits.memorySwapBytes().isPresent() && limits.memorySwapBytes().getAsLong() != 0) {
      return limits.memorySwapBytes();
    }
    return limits.memoryBytes().isPresent()
        ? OptionalLong.of(Math.multiplyExact(2, limits.memoryBytes().getAsLong()))
        : OptionalLong.empty();
  }

  private static void cpu(ObjectNode cpu, Limits limits) {
    put(cpu, "shares", limits.cpuShares());
    put(cpu, "quota", limits.cpuQuotaMicros());
    put(cpu, "period", limits.cpuPeriodMicros());
    limits.cpusetCpus().ifPresent(cpus -> cpu.put("cpus", cpus));
    limits.cpusetMems().ifPresent(mems -> cpu.put("mems", mems));
  }

  private static void put(ObjectNode object, String name, OptionalLong value) {
    value.ifPresent(number -> object.put(name, number));
  }

  private static void devices(ArrayNode rules, ContainerSettings settings) {
    if (settings.privileged()) {
      rules.addObject().put("allow", true).put("access", "rwm");
      return;
    }
    rules.addObject().put("allow", false).put("access", "rwm");
    List<String> allowed = new ArrayList<>(DockerDefaults.DEVICE_RULES);
    for (Device device : settings.devices()) {
      allowed.add(
          device.type() + " " + device.major() + ":" + device.minor() + " " + device.access());
    }
    allowed.addAll(settings.deviceRules());
    allowed.forEach(rule -> rules.add(rule(rule)));
  }

  private static ObjectNode rule(String text) {
    Matcher matcher = RULE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("invalid device cgroup rule format: '" + text + "'");
    }
    ObjectNode rule = JSON.createObjectNode().put("allow", true).put("type", matcher.group(1));
    number(rule, "major", matcher.group(2));
    number(rule, "minor", matcher.group(3));
    return rule.put("access", matcher.group(4));
  }

  private static void number(ObjectNode rule, String name, String text) {
    if (!text.equals("*")) {
      rule.put(name, Long.parseLong(text));
    }
  }
}
