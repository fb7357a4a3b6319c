package io.metanode.containers.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A container's configuration on this host: resources, mounts, ports, privileges. */
public final class HostConfig extends View {

  private static final String CONTAINER = "container:";

  /**
   * @param object as {@link Shapes#HOST_CONFIG} reads it
   */
  public HostConfig(ObjectNode object) {
    super(object);
  }

  public List<String> binds() {
    return texts("Binds");
  }

  public List<MountRequest> mounts() {
    return items("Mounts").stream().map(m -> new MountRequest((ObjectNode) m)).toList();
  }

  /** The part of a volume that is mounted at a place; empty for all of it. */
  public String volumePart(String destination) {
    return mounts().stream()
        .filter(mount -> mount.type().equals("volume"))
        .filter(mount -> Path.of("/", mount.target()).normalize().toString().equals(destination))
        .map(MountRequest::volumeSubpath)
        .findFirst()
        .orElse("");
  }

  /** Mount point to mount options. */
  public Map<String, String> tmpfs() {
    return textMap("Tmpfs");
  }

  public List<String> volumesFrom() {
    return texts("VolumesFrom");
  }

  /** {@code bridge}, {@code host}, {@code none} or a network's name or id. */
  public String networkMode() {
    String mode = text("NetworkMode");
    return mode.isEmpty() || mode.equals("default") ? "bridge" : mode;
  }

  /** The container in whose network it lives. */
  public Optional<String> networkContainer() {
    return container(networkMode());
  }

  /** The container whose processes it sees. */
  public Optional<String> pidContainer() {
    return container(pidMode());
  }

  /** The container whose shared memory it has. */
  public Optional<String> ipcContainer() {
    return container(ipcMode());
  }

  private static Optional<String> container(String mode) {
    return mode.startsWith(CONTAINER)
        ? Optional.of(mode.substring(CONTAINER.length()))
        : Optional.empty();
  }

  public boolean publishAllPorts() {
    return flag("PublishAllPorts");
  }

  /** Bindings by container port, {@code 80/tcp}; in the order given. */
  public Map<String, List<Binding>> portBindings() {
    Map<String, List<Binding>> bindings = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node("PortBindings").properties()) {
      List<Binding> list = new ArrayList<>();
      for (JsonNode item : entry.getValue()) {
        list.add(new Binding(item.path("HostIp").asString(""), item.path("HostPort").asString("")));
      }
      bindings.put(entry.getKey(), list);
    }
    return bindings;
  }

  /** Where a port is published; either may be empty. */
  public record Binding(String hostAddress, String hostPort) {}

  public RestartPolicy restartPolicy() {
    return RestartPolicy.of(node("RestartPolicy"));
  }

  public boolean autoRemove() {
    return flag("AutoRemove");
  }

  public boolean privileged() {
    return flag("Privileged");
  }

  public boolean readOnlyRoot() {
    return flag("ReadonlyRootfs");
  }

  public List<String> addedCapabilities() {
    return texts("CapAdd");
  }

  public List<String> droppedCapabilities() {
    return texts("CapDrop");
  }

  public List<String> securityOptions() {
    return texts("SecurityOpt");
  }

  public List<String> dnsServers() {
    return texts("Dns");
  }

  public List<String> dnsOptions() {
    return texts("DnsOptions");
  }

  public List<String> dnsSearch() {
    return texts("DnsSearch");
  }

  /** {@code name:address}. */
  public List<String> extraHosts() {
    return texts("ExtraHosts");
  }

  public List<String> additionalGroups() {
    return texts("GroupAdd");
  }

  public String ipcMode() {
    return text("IpcMode");
  }

  public String pidMode() {
    return text("PidMode");
  }

  public String utsMode() {
    return text("UTSMode");
  }

  public String cgroupNamespaceMode() {
    return text("CgroupnsMode");
  }

  /** The group above the container's; empty for the engine's own. */
  public String cgroupParent() {
    return text("CgroupParent");
  }

  public String runtime() {
    return text("Runtime");
  }

  public Optional<Boolean> init() {
    return optionalFlag("Init");
  }

  public int oomScoreAdjustment() {
    return (int) number("OomScoreAdj");
  }

  public boolean oomKillDisabled() {
    return flag("OomKillDisable");
  }

  public long shmBytes() {
    return number("ShmSize");
  }

  public Map<String, String> sysctls() {
    return textMap("Sysctls");
  }

  public Map<String, String> annotations() {
    return textMap("Annotations");
  }

  public String logType() {
    return node("LogConfig").path("Type").asString("");
  }

  public Map<String, String> logOptions() {
    Map<String, String> options = new LinkedHashMap<>();
    node("LogConfig")
        .path("Config")
        .properties()
        .forEach(e -> options.put(e.getKey(), e.getValue().asString("")));
    return options;
  }

  public List<Device> devices() {
    return items("Devices").stream()
        .map(
            d ->
                new Device(
                    d.path("PathOnHost").asString(""),
                    d.path("PathInContainer").asString(""),
                    d.path("CgroupPermissions").asString("")))
        .toList();
  }

  /** A device the container may use; permissions of {@code r}, {@code w}, {@code m}. */
  public record Device(String hostPath, String containerPath, String permissions) {}

  public List<String> deviceCgroupRules() {
    return texts("DeviceCgroupRules");
  }

  public List<Ulimit> ulimits() {
    return items("Ulimits").stream()
        .map(
            u ->
                new Ulimit(
                    u.path("Name").asString(""),
                    u.path("Soft").asLong(0),
                    u.path("Hard").asLong(0)))
        .toList();
  }

  /** A resource limit; -1 for unlimited. */
  public record Ulimit(String name, long soft, long hard) {}

  /** Rows and columns of its terminal to begin with; zeros or nothing where none were given. */
  public List<Integer> consoleSize() {
    return items("ConsoleSize").stream().map(n -> (int) n.asLong(0)).toList();
  }

  public boolean hasDeviceRequests() {
    return node("DeviceRequests").size() > 0;
  }

  public List<String> links() {
    return texts("Links");
  }

  public Optional<List<String>> maskedPaths() {
    return has("MaskedPaths") ? Optional.of(texts("MaskedPaths")) : Optional.empty();
  }

  public Optional<List<String>> readOnlyPaths() {
    return has("ReadonlyPaths") ? Optional.of(texts("ReadonlyPaths")) : Optional.empty();
  }

  // Resources

  /** Bytes; 0 for no limit. */
  public long memoryBytes() {
    return number("Memory");
  }

  public long memoryReservationBytes() {
    return number("MemoryReservation");
  }

  /** Memory and swap together, bytes; -1 for unlimited swap, 0 for unset. */
  public long memorySwapBytes() {
    return number("MemorySwap");
  }

  public OptionalLong memorySwappiness() {
    return optionalNumber("MemorySwappiness");
  }

  public long nanoCpus() {
    return number("NanoCpus");
  }

  public long cpuShares() {
    return number("CpuShares");
  }

  public long cpuPeriodMicros() {
    return number("CpuPeriod");
  }

  public long cpuQuotaMicros() {
    return number("CpuQuota");
  }

  public String cpusetCpus() {
    return text("CpusetCpus");
  }

  public String cpusetMems() {
    return text("CpusetMems");
  }

  /** 0 or less for no limit. */
  public OptionalLong pidsLimit() {
    return optionalNumber("PidsLimit");
  }

  public long blkioWeight() {
    return number("BlkioWeight");
  }
}
