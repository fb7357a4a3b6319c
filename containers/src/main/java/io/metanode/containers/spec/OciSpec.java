package io.metanode.containers.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An OCI runtime configuration, {@code config.json} of a bundle (OCI runtime-spec 1.0.2), as Docker
 * would write it.
 *
 * @param json the configuration
 * @param warnings what the host could not grant, for the client
 */
public record OciSpec(ObjectNode json, List<String> warnings) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String VERSION = "1.0.2";

  /**
   * @throws IllegalArgumentException if a device rule is malformed
   */
  public static OciSpec of(ContainerSettings settings, HostLimits host) {
    OciProcess process = OciProcess.of(settings.process(), host);
    List<String> warnings = new ArrayList<>(process.warnings());
    ObjectNode config = JSON.createObjectNode().put("ociVersion", VERSION);
    config.set("process", process.json());
    config
        .putObject("root")
        .put("path", settings.rootfs().toString())
        .put("readonly", settings.readonlyRootfs());
    settings.hostname().ifPresent(name -> config.put("hostname", name));
    List<MountPoint> mounts = OciMounts.of(settings);
    OciMounts.write(config.putArray("mounts"), mounts);
    ObjectNode annotations = config.putObject("annotations");
    new TreeMap<>(settings.annotations()).forEach(annotations::put);
    ObjectNode linux = config.putObject("linux");
    linux.put("cgroupsPath", settings.cgroupsPath());
    OciMounts.rootPropagation(mounts).ifPresent(kind -> linux.put("rootfsPropagation", kind));
    namespaces(linux.putArray("namespaces"), settings.namespaces());
    devices(linux.putArray("devices"), settings.devices());
    linux.set("resources", OciResources.of(settings, host, warnings));
    sysctls(linux.putObject("sysctl"), settings);
    paths(linux, settings);
    seccomp(linux, settings, host);
    return new OciSpec(config, List.copyOf(warnings));
  }

  /** The JSON text. */
  public byte[] bytes() {
    return JSON.writeValueAsBytes(json);
  }

  private static void namespaces(ArrayNode array, Namespaces namespaces) {
    array.addObject().put("type", "mount");
    namespace(array, "network", namespaces.network());
    namespace(array, "pid", namespaces.pid());
    namespace(array, "ipc", namespaces.ipc());
    namespace(array, "uts", namespaces.uts());
    namespace(array, "cgroup", namespaces.cgroup());
  }

  private static void namespace(ArrayNode array, String type, Namespace namespace) {
    switch (namespace) {
      case Namespace.Fresh() -> array.addObject().put("type", type);
      case Namespace.Joined(var path) ->
          array.addObject().put("type", type).put("path", path.toString());
      case Namespace.Host() -> {
        // A namespace not listed is the host's.
      }
    }
  }

  private static void devices(ArrayNode array, List<Device> devices) {
    for (Device device : devices) {
      array
          .addObject()
          .put("path", device.path())
          .put("type", String.valueOf(device.type()))
          .put("major", device.major())
          .put("minor", device.minor())
          .put("fileMode", device.mode())
          .put("uid", device.uid())
          .put("gid", device.gid());
    }
  }

  /** Docker lets every user of a container's own network bind any port and send pings. */
  private static void sysctls(ObjectNode object, ContainerSettings settings) {
    Map<String, String> all = new TreeMap<>();
    if (!(settings.namespaces().network() instanceof Namespace.Host)) {
      all.put("net.ipv4.ip_unprivileged_port_start", "0");
      all.put("net.ipv4.ping_group_range", "0 2147483647");
    }
    settings.domainname().ifPresent(name -> all.put("kernel.domainname", name));
    all.putAll(settings.sysctls());
    all.forEach(object::put);
  }

  private static void paths(ObjectNode linux, ContainerSettings settings) {
    List<String> none = List.of();
    boolean open = settings.privileged();
    OciProcess.addAll(
        linux.putArray("maskedPaths"),
        settings.maskedPaths().orElse(open ? none : DockerDefaults.MASKED_PATHS));
    OciProcess.addAll(
        linux.putArray("readonlyPaths"),
        settings.readonlyPaths().orElse(open ? none : DockerDefaults.READONLY_PATHS));
  }

  private static void seccomp(ObjectNode linux, ContainerSettings settings, HostLimits host) {
    List<String> capabilities = settings.process().capabilities();
    List<String> tables = host.seccompArchitectures();
    switch (settings.seccomp()) {
      case SeccompChoice.Unconfined() -> {}
      case SeccompChoice.Given(ObjectNode profile) ->
          linux.set("seccomp", Seccomp.given(profile, tables, capabilities));
      case SeccompChoice.Default() -> {
        if (!settings.privileged()) {
          linux.set("seccomp", Seccomp.defaults(tables, capabilities));
        }
      }
    }
  }
}
