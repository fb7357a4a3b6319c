package io.metanode.containers.launch;

import io.metanode.containers.spec.Capabilities;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The steps a container's first process and further ones have in common. */
final class ProcessSteps {

  /** By number (asm-generic/resource.h). */
  private static final List<String> LIMITS =
      List.of(
          "RLIMIT_CPU",
          "RLIMIT_FSIZE",
          "RLIMIT_DATA",
          "RLIMIT_STACK",
          "RLIMIT_CORE",
          "RLIMIT_RSS",
          "RLIMIT_NPROC",
          "RLIMIT_NOFILE",
          "RLIMIT_MEMLOCK",
          "RLIMIT_AS",
          "RLIMIT_LOCKS",
          "RLIMIT_SIGPENDING",
          "RLIMIT_MSGQUEUE",
          "RLIMIT_NICE",
          "RLIMIT_RTPRIO",
          "RLIMIT_RTTIME");

  private static final int MOST_WORDS = 8192;

  private final Plan plan;
  private final JsonNode process;
  private final byte[] filter;

  /**
   * @param process an OCI process object
   * @param filter the seccomp program; none if empty
   */
  ProcessSteps(Plan plan, JsonNode process, byte[] filter) {
    this.plan = plan;
    this.process = process;
    this.filter = filter;
  }

  void check() throws OutsideLauncherException {
    Fields.object(
        process,
        "process",
        "terminal",
        "user",
        "args",
        "env",
        "cwd",
        "capabilities",
        "rlimits",
        "noNewPrivileges",
        "oomScoreAdj");
    Fields.object(process.path("user"), "user", "uid", "gid", "additionalGids");
    List<String> environment = Fields.texts(process.path("env"));
    if (environment.stream().noneMatch(variable -> variable.startsWith("HOME="))) {
      throw new OutsideLauncherException("no HOME");
    }
    if (process.path("args").isEmpty()
        || process.path("args").size() > MOST_WORDS
        || environment.size() > MOST_WORDS) {
      throw new OutsideLauncherException("that number of arguments or variables");
    }
  }

  String directory() throws OutsideLauncherException {
    return Fields.text(process.path("cwd"));
  }

  boolean terminal() {
    return process.path("terminal").asBoolean(false);
  }

  /**
   * While the process still has all privileges of the host's root.
   *
   * @param score the container's {@code oomScoreAdj}, which is that of further processes too
   */
  void first(String containerId, JsonNode score) throws OutsideLauncherException {
    plan.step("oom", score.asInt(0));
    for (JsonNode limit : process.path("rlimits")) {
      Fields.object(limit, "rlimits", "type", "soft", "hard");
      int number = LIMITS.indexOf(Fields.text(limit.path("type")));
      if (number < 0) {
        throw new OutsideLauncherException("the limit " + limit);
      }
      plan.step("rlimit", number, limit.path("soft").asString(), limit.path("hard").asString());
    }
    plan.step("keyring", "_ses." + containerId);
  }

  /** Giving privileges up, and running the program. */
  void last() throws OutsideLauncherException {
    boolean privilegesKept = !process.path("noNewPrivileges").asBoolean(false);
    if (!privilegesKept) {
      plan.step("no-new-privileges");
    } else {
      seccomp();
    }
    JsonNode sets =
        Fields.object(
            process.path("capabilities"),
            "capabilities",
            "bounding",
            "effective",
            "permitted",
            "inheritable",
            "ambient");
    plan.step("bounding", bits(sets.path("bounding")));
    JsonNode user = process.path("user");
    for (JsonNode group : user.path("additionalGids")) {
      plan.step("group-id", group.asLong());
    }
    plan.step("user", user.path("uid").asLong(0), user.path("gid").asLong(0));
    plan.step(
        "capabilities",
        bits(sets.path("effective")),
        bits(sets.path("permitted")),
        bits(sets.path("inheritable")),
        bits(sets.path("ambient")));
    plan.step("cwd", directory());
    for (String argument : Fields.texts(process.path("args"))) {
      plan.step("arg", argument);
    }
    for (String variable : Fields.texts(process.path("env"))) {
      plan.step("env", variable);
    }
    if (!privilegesKept) {
      seccomp();
    }
    plan.step("exec", Fields.text(process.path("args").get(0)));
  }

  private void seccomp() throws OutsideLauncherException {
    if (filter.length > 0) {
      plan.program("seccomp", filter, 0);
    }
  }

  private static String bits(JsonNode names) throws OutsideLauncherException {
    long bits = 0;
    for (String name : Fields.texts(names)) {
      bits |= 1L << Capabilities.number(name);
    }
    return Long.toUnsignedString(bits);
  }
}
