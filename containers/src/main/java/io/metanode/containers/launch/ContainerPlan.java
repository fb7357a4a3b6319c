package io.metanode.containers.launch;

import io.metanode.containers.sys.Constants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A container's start, in the order in which runc does it. */
final class ContainerPlan {

  private static final int NAMESPACES =
      Constants.CLONE_NEWNS
          | Constants.CLONE_NEWPID
          | Constants.CLONE_NEWIPC
          | Constants.CLONE_NEWUTS;

  /** Those of the namespaces a container has to itself; others are the host's. */
  private static final Pattern SYSCTL =
      Pattern.compile(
          "(net|fs\\.mqueue)(\\.[a-z0-9_-]+)+|kernel\\.((shm|msg|sem)[a-z_]*|domainname)");

  private static final int DEVICE_MODE = Constants.S_IFCHR | 0666;
  private static final int[][] NUMBERS = {{1, 3}, {1, 8}, {1, 7}, {5, 0}, {1, 5}, {1, 9}};
  private static final String[] NAMES = {"null", "random", "full", "tty", "zero", "urandom"};
  private static final String DESCRIPTORS = "/proc/self/fd";

  private final Plan plan = new Plan();
  private final JsonNode config;
  private final JsonNode linux;
  private final String containerId;
  private final ControlGroups groups;
  private final ProcessSteps process;

  ContainerPlan(JsonNode config, String containerId, ControlGroups groups, byte[] filter) {
    this.config = config;
    this.containerId = containerId;
    this.groups = groups;
    linux = config.path("linux");
    process = new ProcessSteps(plan, config.path("process"), filter);
  }

  /**
   * @param joins whether the shim is given the network namespace it is to join
   */
  byte[] bytes(boolean joins) throws OutsideLauncherException {
    check();
    String root = Fields.path(config.path("root").path("path"));
    String group = Fields.path(linux.path("cgroupsPath"));
    Network network = network(joins);
    plan.step("flags", network == Network.FRESH ? NAMESPACES | Constants.CLONE_NEWNET : NAMESPACES);
    if (network == Network.JOINED) {
      plan.step("join", Constants.CLONE_NEWNET);
    }
    GroupSteps.of(plan, groups, group).write(linux.path("resources"));
    process.first(containerId, config.path("process").path("oomScoreAdj"));
    if (groups.version() == 2) {
      plan.step("unshare", Constants.CLONE_NEWCGROUP);
    }
    if (network == Network.FRESH) {
      plan.step("loopback");
    }
    plan.step("root", root);
    new MountSteps(plan, groups, group).write(config.path("mounts"));
    devices();
    if (process.terminal()) {
      plan.step("console", "/dev/console");
    }
    kernelFiles(network);
    plan.step("pivot", root);
    if (!process.directory().equals("/")) {
      plan.step("directory", Fields.path(process.directory()));
    }
    if (config.path("root").path("readonly").asBoolean(false)) {
      plan.step("readonly-root");
    }
    name("hostname");
    name("domainname");
    process.last();
    return plan.end();
  }

  private void check() throws OutsideLauncherException {
    Fields.object(
        config,
        "config",
        "ociVersion",
        "process",
        "root",
        "hostname",
        "domainname",
        "mounts",
        "annotations",
        "linux");
    Fields.object(config.path("root"), "root", "path", "readonly");
    Fields.object(
        linux,
        "linux",
        "cgroupsPath",
        "namespaces",
        "devices",
        "resources",
        "sysctl",
        "maskedPaths",
        "readonlyPaths",
        "seccomp");
    if (!linux.path("devices").isEmpty()) {
      throw new OutsideLauncherException("devices");
    }
    process.check();
    namespaces();
  }

  private void namespaces() throws OutsideLauncherException {
    Set<String> found = new HashSet<>();
    for (JsonNode namespace : linux.path("namespaces")) {
      String type = Fields.text(namespace.path("type"));
      boolean network = type.equals("network");
      if ((!network && namespace.has("path")) || (!network && !found.add(type))) {
        throw new OutsideLauncherException("the namespace " + namespace);
      }
    }
    Set<String> wanted = new HashSet<>(Set.of("mount", "pid", "ipc", "uts"));
    if (groups.version() == 2) {
      wanted.add("cgroup");
    }
    if (!found.equals(wanted)) {
      throw new OutsideLauncherException("the namespaces " + found);
    }
  }

  private enum Network {
    JOINED,
    FRESH,
    HOST
  }

  private Network network(boolean given) throws OutsideLauncherException {
    Network found = Network.HOST;
    for (JsonNode namespace : linux.path("namespaces")) {
      if (namespace.path("type").asString("").equals("network")) {
        if (found != Network.HOST || (namespace.has("path") && !given)) {
          throw new OutsideLauncherException("the namespace " + namespace);
        }
        found = namespace.has("path") ? Network.JOINED : Network.FRESH;
      }
    }
    return found;
  }

  private void devices() throws OutsideLauncherException {
    for (int i = 0; i < NAMES.length; i++) {
      plan.step("device", "/dev/" + NAMES[i], DEVICE_MODE, NUMBERS[i][0], NUMBERS[i][1], 0, 0);
    }
    plan.step("link", "pts/ptmx", "/dev/ptmx");
    plan.step("link", DESCRIPTORS, "/dev/fd");
    plan.step("link", DESCRIPTORS + "/0", "/dev/stdin");
    plan.step("link", DESCRIPTORS + "/1", "/dev/stdout");
    plan.step("link", DESCRIPTORS + "/2", "/dev/stderr");
    if (Files.exists(Path.of("/proc/kcore"))) {
      plan.step("link", "/proc/kcore", "/dev/core");
    }
  }

  private void kernelFiles(Network network) throws OutsideLauncherException {
    for (String name : linux.path("sysctl").propertyNames()) {
      boolean hosts = network == Network.HOST && name.startsWith("net.");
      if (hosts || !SYSCTL.matcher(name).matches()) {
        throw new OutsideLauncherException("sysctl " + name);
      }
      plan.step("sysctl", name.replace('.', '/'), Fields.text(linux.path("sysctl").path(name)));
    }
    for (JsonNode path : linux.path("readonlyPaths")) {
      plan.step("readonly", kernelPath(path));
    }
    for (JsonNode path : linux.path("maskedPaths")) {
      plan.step("mask", kernelPath(path));
    }
  }

  private static String kernelPath(JsonNode node) throws OutsideLauncherException {
    String path = Fields.path(node);
    if (!Fields.within(path, "/proc") && !Fields.within(path, "/sys")) {
      throw new OutsideLauncherException("the path " + path);
    }
    return path;
  }

  private void name(String key) throws OutsideLauncherException {
    if (config.has(key)) {
      plan.step(key, Fields.text(config.path(key)));
    }
  }
}
