package io.metanode.containers.config;

import static io.metanode.containers.config.Shape.FLAG;
import static io.metanode.containers.config.Shape.KEYS;
import static io.metanode.containers.config.Shape.NUMBER;
import static io.metanode.containers.config.Shape.TEXT;
import static io.metanode.containers.config.Shape.TEXTS;
import static io.metanode.containers.config.Shape.TEXT_MAP;
import static io.metanode.containers.config.Shape.WORDS;
import static io.metanode.containers.config.Shape.listOf;
import static io.metanode.containers.config.Shape.mapOf;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The shapes of the Docker Engine API's request bodies, fields in the order inspect shows them. */
public final class Shapes {

  private Shapes() {}

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonNode EMPTY_MAP = NODES.objectNode();
  private static final JsonNode EMPTY_LIST = NODES.arrayNode();

  public static final Shape HEALTH =
      Shape.named("HealthConfig")
          .optional("Test", TEXTS)
          .optional("Interval", NUMBER)
          .optional("Timeout", NUMBER)
          .optional("StartPeriod", NUMBER)
          .optional("StartInterval", NUMBER)
          .optional("Retries", NUMBER);

  /** {@code Config}: the part of a container that does not depend on the host. */
  public static final Shape CONFIG =
      Shape.named("ContainerConfig")
          .texts("Hostname", "Domainname", "User")
          .flags("AttachStdin", "AttachStdout", "AttachStderr")
          .optional("ExposedPorts", KEYS)
          .flags("Tty", "OpenStdin", "StdinOnce")
          .nullable(TEXTS, "Env")
          .nullable(WORDS, "Cmd")
          .optional("Healthcheck", HEALTH.type())
          .optional("ArgsEscaped", FLAG)
          .texts("Image")
          .nullable(KEYS, "Volumes")
          .texts("WorkingDir")
          .nullable(WORDS, "Entrypoint")
          .optional("NetworkDisabled", FLAG)
          .optional("MacAddress", TEXT)
          .nullable(TEXTS, "OnBuild")
          .field("Labels", TEXT_MAP, EMPTY_MAP)
          .optional("StopSignal", TEXT)
          .optional("StopTimeout", NUMBER)
          .optional("Shell", WORDS);

  private static final Shape LOG_CONFIG =
      Shape.named("LogConfig").texts("Type").field("Config", TEXT_MAP, EMPTY_MAP);

  static final Shape RESTART_POLICY =
      Shape.named("RestartPolicy").texts("Name").numbers("MaximumRetryCount");

  private static final Shape PORT_BINDING = Shape.named("PortBinding").texts("HostIp", "HostPort");

  private static final Shape DEVICE =
      Shape.named("DeviceMapping").texts("PathOnHost", "PathInContainer", "CgroupPermissions");

  private static final Shape ULIMIT = Shape.named("Ulimit").texts("Name").numbers("Hard", "Soft");

  private static final Shape MOUNT =
      Shape.named("Mount")
          .texts("Type")
          .optional("Source", TEXT)
          .texts("Target")
          .optional("ReadOnly", FLAG)
          .optional("Consistency", TEXT)
          .optional(
              "BindOptions",
              Shape.named("BindOptions")
                  .optional("Propagation", TEXT)
                  .optional("NonRecursive", FLAG)
                  .optional("CreateMountpoint", FLAG)
                  .optional("ReadOnlyNonRecursive", FLAG)
                  .optional("ReadOnlyForceRecursive", FLAG)
                  .type())
          .optional(
              "VolumeOptions",
              Shape.named("VolumeOptions")
                  .optional("NoCopy", FLAG)
                  .optional("Labels", TEXT_MAP)
                  .optional("Subpath", TEXT)
                  .optional(
                      "DriverConfig",
                      Shape.named("Driver")
                          .optional("Name", TEXT)
                          .optional("Options", TEXT_MAP)
                          .type())
                  .type())
          .optional("ImageOptions", Shape.named("ImageOptions").optional("Subpath", TEXT).type())
          .optional(
              "TmpfsOptions",
              Shape.named("TmpfsOptions")
                  .optional("SizeBytes", NUMBER)
                  .optional("Mode", NUMBER)
                  .type());

  private static final Shape WEIGHT_DEVICE =
      Shape.named("WeightDevice").texts("Path").numbers("Weight");

  private static final Shape THROTTLE_DEVICE =
      Shape.named("ThrottleDevice").texts("Path").numbers("Rate");

  private static final Shape DEVICE_REQUEST =
      Shape.named("DeviceRequest")
          .texts("Driver")
          .numbers("Count")
          .nullable(TEXTS, "DeviceIDs")
          .nullable(listOf(TEXTS, "[][]string"), "Capabilities")
          .field("Options", TEXT_MAP, EMPTY_MAP);

  /** {@code HostConfig}: the part of a container that depends on the host. */
  public static final Shape HOST_CONFIG =
      resources(
          Shape.named("HostConfig")
              .nullable(TEXTS, "Binds")
              .texts("ContainerIDFile")
              .field("LogConfig", LOG_CONFIG.type(), emptyLogConfig())
              .texts("NetworkMode")
              .field(
                  "PortBindings",
                  mapOf(listOf(PORT_BINDING.type(), "[]nat.PortBinding"), "nat.PortMap"),
                  EMPTY_MAP)
              .field("RestartPolicy", RESTART_POLICY.type(), noRestart())
              .flags("AutoRemove")
              .texts("VolumeDriver")
              .nullable(TEXTS, "VolumesFrom")
              .field("ConsoleSize", listOf(NUMBER, "[2]uint"), NODES.arrayNode().add(0L).add(0L))
              .optional("Annotations", TEXT_MAP)
              .nullable(WORDS, "CapAdd", "CapDrop")
              .texts("CgroupnsMode")
              .field("Dns", TEXTS, EMPTY_LIST)
              .field("DnsOptions", TEXTS, EMPTY_LIST)
              .field("DnsSearch", TEXTS, EMPTY_LIST)
              .nullable(TEXTS, "ExtraHosts", "GroupAdd")
              .texts("IpcMode", "Cgroup")
              .nullable(TEXTS, "Links")
              .numbers("OomScoreAdj")
              .texts("PidMode")
              .flags("Privileged", "PublishAllPorts", "ReadonlyRootfs")
              .nullable(TEXTS, "SecurityOpt")
              .optional("StorageOpt", TEXT_MAP)
              .optional("Tmpfs", TEXT_MAP)
              .texts("UTSMode", "UsernsMode")
              .numbers("ShmSize")
              .optional("Sysctls", TEXT_MAP)
              .texts("Runtime", "Isolation")
              .optional("Mounts", listOf(MOUNT.type(), "[]mount.Mount"))
              .nullable(TEXTS, "MaskedPaths", "ReadonlyPaths")
              .optional("Init", FLAG));

  /**
   * A field of {@code HostConfig} that no client sends: bind mounts that say nothing else are
   * read-only by themselves only, as before version 1.44 of the API.
   */
  public static final String READ_ONLY_BY_ITSELF = "ReadOnlyNonRecursive";

  /** The body of {@code POST /containers/{id}/update}. */
  public static final Shape UPDATE =
      resources(Shape.named("UpdateConfig")).optional("RestartPolicy", RESTART_POLICY.type());

  private static Shape resources(Shape shape) {
    return shape
        .numbers("CpuShares", "Memory", "NanoCpus")
        .texts("CgroupParent")
        .numbers("BlkioWeight")
        .field("BlkioWeightDevice", listOf(WEIGHT_DEVICE.type(), "[]WeightDevice"), EMPTY_LIST)
        .field("BlkioDeviceReadBps", throttles(), EMPTY_LIST)
        .field("BlkioDeviceWriteBps", throttles(), EMPTY_LIST)
        .field("BlkioDeviceReadIOps", throttles(), EMPTY_LIST)
        .field("BlkioDeviceWriteIOps", throttles(), EMPTY_LIST)
        .numbers("CpuPeriod", "CpuQuota", "CpuRealtimePeriod", "CpuRealtimeRuntime")
        .texts("CpusetCpus", "CpusetMems")
        .field("Devices", listOf(DEVICE.type(), "[]DeviceMapping"), EMPTY_LIST)
        .nullable(TEXTS, "DeviceCgroupRules")
        .nullable(listOf(DEVICE_REQUEST.type(), "[]DeviceRequest"), "DeviceRequests")
        .numbers("MemoryReservation", "MemorySwap")
        .nullable(NUMBER, "MemorySwappiness")
        .nullable(FLAG, "OomKillDisable")
        .nullable(NUMBER, "PidsLimit")
        .field("Ulimits", listOf(ULIMIT.type(), "[]*Ulimit"), EMPTY_LIST)
        .numbers("CpuCount", "CpuPercent", "IOMaximumIOps", "IOMaximumBandwidth");
  }

  private static Shape.Type throttles() {
    return listOf(THROTTLE_DEVICE.type(), "[]ThrottleDevice");
  }

  private static final Shape ENDPOINT =
      Shape.named("EndpointSettings")
          .nullable(
              Shape.named("EndpointIPAMConfig")
                  .optional("IPv4Address", TEXT)
                  .optional("IPv6Address", TEXT)
                  .nullable(TEXTS, "LinkLocalIPs")
                  .type(),
              "IPAMConfig")
          .nullable(TEXTS, "Links", "Aliases")
          .texts("MacAddress")
          .nullable(TEXT_MAP, "DriverOpts")
          .optional("GwPriority", NUMBER);

  private static final Shape SUBNET =
      Shape.named("IPAMConfig")
          .texts("Subnet", "IPRange", "Gateway")
          .field("AuxiliaryAddresses", TEXT_MAP, EMPTY_MAP);

  private static final Shape IPAM =
      Shape.named("IPAM")
          .texts("Driver")
          .field("Config", listOf(SUBNET.type(), "[]network.IPAMConfig"), EMPTY_LIST)
          .nullable(TEXT_MAP, "Options");

  /** The body of {@code POST /networks/create}. */
  public static final Shape NETWORK =
      Shape.named("CreateRequest")
          .texts("Name", "Driver")
          .flags("EnableIPv6", "Internal", "Attachable")
          .field("IPAM", IPAM.type(), EMPTY_MAP)
          .field("Options", TEXT_MAP, EMPTY_MAP)
          .field("Labels", TEXT_MAP, EMPTY_MAP);

  /** The body of {@code POST /volumes/create}. */
  public static final Shape VOLUME =
      Shape.named("CreateOptions")
          .texts("Name", "Driver")
          .field("DriverOpts", TEXT_MAP, EMPTY_MAP)
          .field("Labels", TEXT_MAP, EMPTY_MAP);

  /** The body of {@code POST /networks/{id}/connect}. */
  public static final Shape CONNECT =
      Shape.named("NetworkConnect")
          .texts("Container")
          .field("EndpointConfig", ENDPOINT.type(), EMPTY_MAP);

  /** The body of {@code POST /networks/{id}/disconnect}. */
  public static final Shape DISCONNECT =
      Shape.named("NetworkDisconnect").texts("Container").flags("Force");

  /** {@code NetworkingConfig}: the networks a new container joins. */
  public static final Shape NETWORKING =
      Shape.named("NetworkingConfig")
          .field(
              "EndpointsConfig", mapOf(ENDPOINT.type(), "map[string]EndpointSettings"), EMPTY_MAP);

  /** The parts of a create body that are not {@link #CONFIG}. */
  public static final Shape CREATE =
      Shape.named("CreateRequest")
          .field("HostConfig", HOST_CONFIG.type(), EMPTY_MAP)
          .field("NetworkingConfig", NETWORKING.type(), EMPTY_MAP);

  /** The body of {@code POST /containers/{id}/exec}. */
  public static final Shape EXEC =
      Shape.named("ExecConfig")
          .texts("User")
          .flags("Privileged", "Tty")
          .optional("ConsoleSize", listOf(NUMBER, "[2]uint"))
          .flags("AttachStdin", "AttachStdout", "AttachStderr", "Detach")
          .texts("DetachKeys")
          .nullable(TEXTS, "Env")
          .texts("WorkingDir")
          .nullable(WORDS, "Cmd");

  /** The body of {@code POST /exec/{id}/start}. */
  public static final Shape EXEC_START =
      Shape.named("ExecStartOptions")
          .flags("Detach", "Tty")
          .optional("ConsoleSize", listOf(NUMBER, "[2]uint"));

  private static JsonNode emptyLogConfig() {
    return NODES.objectNode().put("Type", "").set("Config", NODES.objectNode());
  }

  private static JsonNode noRestart() {
    return NODES.objectNode().put("Name", "no").put("MaximumRetryCount", 0L);
  }
}
