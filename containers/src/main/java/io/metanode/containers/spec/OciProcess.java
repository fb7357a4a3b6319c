package io.metanode.containers.spec;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code process} object of an OCI configuration, for a container's first process and for
 * further ones.
 *
 * @param json the object
 * @param warnings what the host could not grant, for the client
 */
public record OciProcess(ObjectNode json, List<String> warnings) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** OCI limits are unsigned: -1 is the largest. */
  private static final BigInteger UNSIGNED =
      BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

  public static OciProcess of(ProcessSettings settings, HostLimits host) {
    List<String> warnings = new ArrayList<>();
    ObjectNode process = JSON.createObjectNode();
    process.put("terminal", settings.terminal());
    process.set("user", user(settings.user()));
    addAll(process.putArray("args"), settings.arguments());
    addAll(process.putArray("env"), settings.environment());
    process.put("cwd", settings.workingDirectory());
    process.set("capabilities", capabilities(settings, host, warnings));
    ArrayNode limits = process.putArray("rlimits");
    settings.ulimits().forEach(ulimit -> limits.add(limit(ulimit, host, warnings)));
    process.put("noNewPrivileges", settings.noNewPrivileges());
    process.put("oomScoreAdj", oomScore(settings.oomScoreAdjustment(), host, warnings));
    return new OciProcess(process, List.copyOf(warnings));
  }

  /** The JSON text, for {@code runc exec --process}. */
  public byte[] bytes() {
    return JSON.writeValueAsBytes(json);
  }

  private static ObjectNode user(UserIds ids) {
    ObjectNode user = JSON.createObjectNode().put("uid", ids.uid()).put("gid", ids.gid());
    ArrayNode additional = user.putArray("additionalGids");
    additional.add(ids.gid());
    ids.additionalGids().stream().filter(gid -> gid != ids.gid()).forEach(additional::add);
    return user;
  }

  /** Root holds the set; for others it bounds what programs with file capabilities can gain. */
  private static ObjectNode capabilities(
      ProcessSettings settings, HostLimits host, List<String> warnings) {
    List<String> granted = new ArrayList<>();
    for (String capability : settings.capabilities()) {
      if (host.grants(capability)) {
        granted.add(capability);
      } else {
        warnings.add(capability + " is withheld: the engine does not hold it on this host");
      }
    }
    ObjectNode sets = JSON.createObjectNode();
    addAll(sets.putArray("bounding"), granted);
    if (settings.user().uid() == 0) {
      addAll(sets.putArray("effective"), granted);
      addAll(sets.putArray("permitted"), granted);
    }
    return sets;
  }

  private static ObjectNode limit(Ulimit ulimit, HostLimits host, List<String> warnings) {
    long soft = ulimit.soft();
    long hard = ulimit.hard();
    OptionalLong most = host.clamp(ulimit);
    if (most.isPresent()) {
      hard = most.getAsLong();
      soft = Long.compareUnsigned(soft, hard) > 0 ? hard : soft;
      warnings.add("ulimit " + ulimit.name() + " is lowered to " + hard + ", this host's limit");
    }
    ObjectNode json = JSON.createObjectNode().put("type", ulimit.ociName());
    json.put("hard", BigInteger.valueOf(hard).and(UNSIGNED));
    json.put("soft", BigInteger.valueOf(soft).and(UNSIGNED));
    return json;
  }

  private static int oomScore(int adjustment, HostLimits host, List<String> warnings) {
    if (host.allowsOomScore(adjustment)) {
      return adjustment;
    }
    if (adjustment != 0) {
      warnings.add(
          "oom score adjustment "
              + adjustment
              + " is raised to "
              + host.oomScoreAdjustment()
              + ": lowering it needs CAP_SYS_RESOURCE");
    }
    return host.oomScoreAdjustment();
  }

  static void addAll(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }
}
