package io.metanode.containers.engine;

import io.metanode.containers.cgroup.ContainerGroup;
import io.metanode.containers.config.ContainerConfig;
import io.metanode.containers.config.HostConfig;
import io.metanode.containers.config.RestartPolicy;
import io.metanode.containers.config.Unsupported;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.spec.DockerDefaults;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks what a client asks for, with Docker's words, and fills in Docker's defaults. */
final class Validation {

  private static final long MINIMUM_MEMORY = 6L << 20;
  private static final long MOST_SHARES = 262_144;
  private static final long DEFAULT_SHM = 64L << 20;
  private static final Pattern HOSTNAME =
      Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9-_]{0,62})(\\.[a-zA-Z0-9]([a-zA-Z0-9-_]{0,62}))*");

  private final int cgroupVersion;
  private final int processors;
  private final int memoryNodes;

  Validation(int cgroupVersion, int processors, int memoryNodes) {
    this.cgroupVersion = cgroupVersion;
    this.processors = processors;
    this.memoryNodes = memoryNodes;
  }

  /** Fills the defaults that inspect shows; changes {@code host} in place. */
  HostConfig withDefaults(ObjectNode host) {
    HostConfig config = new HostConfig(host);
    host.put("NetworkMode", config.networkMode());
    if (config.logType().isEmpty()) {
      ((ObjectNode) host.path("LogConfig")).put("Type", "json-file");
    }
    host.set("RestartPolicy", config.restartPolicy().json());
    if (config.shmBytes() == 0) {
      host.put("ShmSize", DEFAULT_SHM);
    }
    if (config.ipcMode().isEmpty()) {
      host.put("IpcMode", "private");
    }
    if (config.cgroupNamespaceMode().isEmpty()) {
      host.put("CgroupnsMode", cgroupVersion == 2 && !config.privileged() ? "private" : "host");
    }
    if (config.runtime().isEmpty()) {
      host.put("Runtime", "runc");
    }
    if (config.memoryBytes() > 0 && config.memorySwapBytes() == 0) {
      host.put("MemorySwap", config.memoryBytes() * 2);
    }
    if (config.pidsLimit().orElse(0) <= 0) {
      host.putNull("PidsLimit");
    }
    if (!config.privileged()) {
      fill(host, "MaskedPaths", DockerDefaults.MASKED_PATHS);
      fill(host, "ReadonlyPaths", DockerDefaults.READONLY_PATHS);
    }
    return new HostConfig(host);
  }

  private static void fill(ObjectNode host, String name, List<String> paths) {
    if (!host.hasNonNull(name)) {
      ArrayNode list = host.putArray(name);
      paths.forEach(list::add);
    }
  }

  /**
   * @throws ApiException 400 with Docker's words
   */
  void check(ContainerConfig config) throws ApiException {
    for (String variable : config.environment()) {
      if (variable.isEmpty() || variable.startsWith("=") || variable.indexOf('\0') >= 0) {
        throw ApiException.badRequest("invalid environment variable: " + variable);
      }
    }
    String directory = config.workingDirectory();
    if (!directory.isEmpty() && !directory.startsWith("/")) {
      throw ApiException.badRequest(
          "the working directory '" + directory + "' is invalid, it needs to be an absolute path");
    }
    if (!config.stopSignal().isEmpty()) {
      Signals.parse(config.stopSignal());
    }
    String hostname = config.hostname();
    if (!hostname.isEmpty() && (hostname.length() > 63 || !HOSTNAME.matcher(hostname).matches())) {
      throw ApiException.badRequest("invalid hostname format: " + hostname);
    }
    for (String port : config.exposedPorts()) {
      Ports.port(port);
    }
    if (config.health().isPresent()) {
      config.health().get().check();
    }
    checkNoNul(config.command(), "command");
    checkNoNul(config.entrypoint(), "entrypoint");
  }

  private static void checkNoNul(List<String> words, String what) throws ApiException {
    for (String word : words) {
      if (word.indexOf('\0') >= 0) {
        throw ApiException.badRequest("invalid " + what + ": it holds a NUL character");
      }
    }
  }

  /**
   * @throws ApiException 400 with Docker's words
   */
  void check(ContainerConfig config, HostConfig host, ObjectNode networking) throws ApiException {
    Unsupported.refuse(host);
    NetworkValidation.check(config, host, networking);
    host.restartPolicy().check();
    RestartPolicy policy = host.restartPolicy();
    if (host.autoRemove() && !policy.none()) {
      throw ApiException.badRequest("can't create 'AutoRemove' container with restart policy");
    }
    LogSettings.parse(host);
    Ports.parse(config.exposedPorts(), host);
    checkModes(host);
    checkGroup(host);
    checkMemory(host);
    checkCpu(host);
    checkExtraHosts(host);
    if (host.oomScoreAdjustment() < -1000 || host.oomScoreAdjustment() > 1000) {
      throw ApiException.badRequest(
          "Invalid value "
              + host.oomScoreAdjustment()
              + ", range for oom score adj is [-1000, 1000]");
    }
    if (host.cpuShares() < 0) {
      throw ApiException.badRequest(
          "invalid CPU shares (" + host.cpuShares() + "): value must be a positive integer");
    }
    if (host.annotations().containsKey("")) {
      throw ApiException.badRequest(
          "invalid Annotations: the empty string is not permitted as an annotation key");
    }
    if (host.shmBytes() < 0) {
      throw ApiException.badRequest("SHM size can not be less than 0");
    }
  }

  /**
   * Checks what a client wants changed of a container, by itself.
   *
   * @throws ApiException 400 with Docker's words
   */
  void checkUpdate(HostConfig asked) throws ApiException {
    asked.restartPolicy().check();
    if (asked.memoryBytes() != 0 || asked.memorySwapBytes() <= 0) {
      checkMemory(asked);
    }
    checkCpu(asked);
    checkWeight(asked);
    if (asked.cpuShares() > MOST_SHARES || asked.cpuShares() < 0) {
      throw ApiException.badRequest("the maximum allowed cpu-shares is " + MOST_SHARES);
    }
  }

  private static void checkWeight(HostConfig host) throws ApiException {
    if (host.blkioWeight() != 0 && (host.blkioWeight() < 10 || host.blkioWeight() > 1000)) {
      throw ApiException.badRequest("Range of blkio weight is from 10 to 1000");
    }
  }

  /**
   * Checks it against what the container has.
   *
   * @throws ApiException 409 with Docker's words
   */
  void checkConflicts(HostConfig now, HostConfig asked) throws ApiException {
    String conflict = "";
    if (asked.nanoCpus() > 0 && now.cpuPeriodMicros() > 0) {
      conflict = "Nano CPUs cannot be updated as CPU Period has already been set";
    } else if (asked.nanoCpus() > 0 && now.cpuQuotaMicros() > 0) {
      conflict = "Nano CPUs cannot be updated as CPU Quota has already been set";
    } else if (asked.cpuPeriodMicros() > 0 && now.nanoCpus() > 0) {
      conflict = "CPU Period cannot be updated as NanoCPUs has already been set";
    } else if (asked.cpuQuotaMicros() > 0 && now.nanoCpus() > 0) {
      conflict = "CPU Quota cannot be updated as NanoCPUs has already been set";
    }
    if (!conflict.isEmpty()) {
      throw ApiException.conflict("Conflicting options: " + conflict);
    }
    if (asked.memoryBytes() > now.memorySwapBytes()
        && now.memorySwapBytes() >= 0
        && asked.memorySwapBytes() == 0) {
      throw ApiException.conflict(
          "Memory limit should be smaller than already set memoryswap limit, update the memoryswap"
              + " at the same time");
    }
    if (now.autoRemove() && !asked.restartPolicy().none()) {
      throw ApiException.conflict(
          "Restart policy cannot be updated because AutoRemove is enabled for the container");
    }
  }

  private static void checkExtraHosts(HostConfig host) throws ApiException {
    for (String entry : host.extraHosts()) {
      int separator = entry.indexOf(entry.contains("=") ? '=' : ':');
      if (separator < 1 || separator == entry.length() - 1) {
        throw ApiException.badRequest("bad format for add-host: \"" + entry + "\"");
      }
    }
  }

  private static void checkGroup(HostConfig host) throws ApiException {
    try {
      var _ = ContainerGroup.of("", host.cgroupParent());
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static void checkModes(HostConfig host) throws ApiException {
    boolean joinsIpc = host.ipcContainer().map(name -> !name.isEmpty()).orElse(false);
    if (!joinsIpc
        && !List.of("", "private", "shareable", "host", "none").contains(host.ipcMode())) {
      throw ApiException.badRequest("invalid IPC mode: " + host.ipcMode());
    }
    boolean joins = host.pidContainer().map(name -> !name.isEmpty()).orElse(false);
    if (!joins && !List.of("", "host", "private").contains(host.pidMode())) {
      throw ApiException.badRequest("invalid PID mode: " + host.pidMode());
    }
    if (!List.of("", "host").contains(host.utsMode())) {
      throw ApiException.badRequest("invalid UTS mode: " + host.utsMode());
    }
    if (!List.of("", "host", "private").contains(host.cgroupNamespaceMode())) {
      throw ApiException.badRequest("invalid cgroup namespace mode: " + host.cgroupNamespaceMode());
    }
    if (!List.of("", "runc", "io.containerd.runc.v2").contains(host.runtime())) {
      throw ApiException.badRequest("unknown or invalid runtime name: " + host.runtime());
    }
  }

  private static void checkMemory(HostConfig host) throws ApiException {
    long memory = host.memoryBytes();
    long swap = host.memorySwapBytes();
    if (memory < 0 || (memory != 0 && memory < MINIMUM_MEMORY)) {
      throw ApiException.badRequest("Minimum memory limit allowed is 6MB");
    }
    if (memory > 0 && swap > 0 && swap < memory) {
      throw ApiException.badRequest(
          "Minimum memoryswap limit should be larger than memory limit, see usage");
    }
    if (memory == 0 && swap > 0) {
      throw ApiException.badRequest(
          "You should always set the Memory limit when using Memoryswap limit, see usage");
    }
    long swappiness = host.memorySwappiness().orElse(-1);
    if (swappiness < -1 || swappiness > 100) {
      throw ApiException.badRequest(
          "Invalid value: " + swappiness + ", valid memory swappiness range is 0-100");
    }
    long reservation = host.memoryReservationBytes();
    if (reservation > 0 && reservation < MINIMUM_MEMORY) {
      throw ApiException.badRequest("Minimum memory reservation allowed is 6MB");
    }
    if (reservation > 0 && memory > 0 && reservation > memory) {
      throw ApiException.badRequest(
          "Minimum memory limit can not be less than memory reservation limit, see usage");
    }
  }

  private void checkCpu(HostConfig host) throws ApiException {
    long nanos = host.nanoCpus();
    if (nanos > 0 && (host.cpuPeriodMicros() > 0 || host.cpuQuotaMicros() > 0)) {
      throw ApiException.badRequest(
          "Conflicting options: Nano CPUs and CPU "
              + (host.cpuPeriodMicros() > 0 ? "Period" : "Quota")
              + " cannot both be set");
    }
    if (nanos < 0 || nanos > processors * 1_000_000_000L) {
      throw ApiException.badRequest(
          "range of CPUs is from 0.01 to "
              + processors
              + ".00, as there are only "
              + processors
              + " CPUs available");
    }
    long period = host.cpuPeriodMicros();
    if (period != 0 && (period < 1000 || period > 1_000_000)) {
      throw ApiException.badRequest(
          "CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)");
    }
    if (host.cpuQuotaMicros() > 0 && host.cpuQuotaMicros() < 1000) {
      throw ApiException.badRequest("CPU cfs quota can not be less than 1ms (i.e. 1000)");
    }
    checkSet(host.cpusetCpus(), "cpuset cpus", "CPUs", processors);
    checkSet(host.cpusetMems(), "cpuset mems", "memory nodes", memoryNodes);
  }

  private static void checkSet(String set, String option, String what, int count)
      throws ApiException {
    if (set.isEmpty()) {
      return;
    }
    if (!set.matches("\\d{1,5}(-\\d{1,5})?(,\\d{1,5}(-\\d{1,5})?)*")) {
      throw ApiException.badRequest(
          "Invalid value " + set + " for " + option + ": invalid format: " + set);
    }
    for (String number : set.split("[,-]", -1)) {
      if (Integer.parseInt(number) >= count) {
        throw ApiException.badRequest(
            "Requested "
                + what
                + " are not available - requested "
                + set
                + ", available: 0"
                + (count > 1 ? "-" + (count - 1) : ""));
      }
    }
  }
}
