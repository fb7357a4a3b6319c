package io.metanode.containers.api;

import io.metanode.containers.RegistrySettings;
import io.metanode.containers.http.Json;
import io.metanode.containers.registry.ProxyRoutes;
import io.metanode.foundation.Clock;
import java.net.URI;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The body of {@code GET /info}. */
final class SystemInfo {

  private static final String RUNTIME = "runc";

  private final SystemProfile profile;
  private final RuntimeVersion runtime;
  private final Clock clock;

  SystemInfo(SystemProfile profile, RuntimeVersion runtime, Clock clock) {
    this.profile = profile;
    this.runtime = runtime;
    this.clock = clock;
  }

  ObjectNode json(SystemState state) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("ID", profile.nodeId());
    counts(json, state.counts());
    storage(json);
    limits(json);
    host(json);
    runtimes(json);
    json.putObject("Swarm")
        .put("NodeID", "")
        .put("NodeAddr", "")
        .put("LocalNodeState", "inactive")
        .put("ControlAvailable", false)
        .put("Error", "")
        .putNull("RemoteManagers");
    texts(json.putArray("SecurityOptions"), securityOptions());
    texts(json.putArray("Warnings"), state.warnings());
    return json;
  }

  private static void counts(ObjectNode json, SystemState.Counts counts) {
    json.put("Containers", counts.running() + counts.paused() + counts.stopped());
    json.put("ContainersRunning", counts.running());
    json.put("ContainersPaused", counts.paused());
    json.put("ContainersStopped", counts.stopped());
    json.put("Images", counts.images());
  }

  private void storage(ObjectNode json) {
    json.put("Driver", "overlay2");
    ArrayNode status = json.putArray("DriverStatus");
    status.addArray().add("Supports d_type").add("true");
    status.addArray().add("Native Overlay Diff").add("true");
    ObjectNode plugins = json.putObject("Plugins");
    plugins.putArray("Volume").add("local");
    plugins.putArray("Network").add("bridge").add("host").add("null");
    plugins.putNull("Authorization");
    plugins.putArray("Log").add("json-file").add("none");
    json.put("DockerRootDir", profile.home().toString());
    json.put("LoggingDriver", "json-file");
  }

  private void limits(ObjectNode json) {
    boolean unified = profile.cgroupVersion() == 2;
    json.put("MemoryLimit", has("memory"));
    json.put("SwapLimit", has("memory") && swapIsCounted(unified));
    json.put("CpuCfsPeriod", has("cpu"));
    json.put("CpuCfsQuota", has("cpu"));
    json.put("CPUShares", has("cpu"));
    json.put("CPUSet", has("cpuset"));
    json.put("PidsLimit", has("pids"));
    json.put("OomKillDisable", !unified && has("memory"));
    json.put("CgroupDriver", "cgroupfs");
    json.put("CgroupVersion", Integer.toString(profile.cgroupVersion()));
    json.put("IPv4Forwarding", HostFacts.isOn("/proc/sys/net/ipv4/ip_forward"));
    json.put("BridgeNfIptables", HostFacts.isOn("/proc/sys/net/bridge/bridge-nf-call-iptables"));
    json.put("BridgeNfIp6tables", HostFacts.isOn("/proc/sys/net/bridge/bridge-nf-call-ip6tables"));
  }

  private static boolean has(String controller) {
    return HostFacts.controllers().contains(controller);
  }

  private static boolean swapIsCounted(boolean unified) {
    return unified || HostFacts.exists("/sys/fs/cgroup/memory/memory.memsw.limit_in_bytes");
  }

  private void host(ObjectNode json) {
    json.put("Debug", false);
    json.put("NFd", HostFacts.openDescriptors());
    json.put("NGoroutines", Thread.activeCount());
    json.put("NEventsListener", 0);
    json.put("SystemTime", clock.now().toString());
    json.put("KernelVersion", HostFacts.kernelVersion());
    json.put("OperatingSystem", HostFacts.operatingSystem());
    json.put("OSVersion", HostFacts.operatingSystemVersion());
    json.put("OSType", "linux");
    json.put("Architecture", HostFacts.machine());
    json.put("NCPU", Runtime.getRuntime().availableProcessors());
    json.put("MemTotal", HostFacts.memoryBytes());
    json.put("Name", HostFacts.hostName());
    json.put("ServerVersion", profile.engineVersion());
    json.put("ExperimentalBuild", false);
    json.put("LiveRestoreEnabled", true);
    json.put("IndexServerAddress", "https://index.docker.io/v1/");
    ObjectNode registries = json.putObject("RegistryConfig");
    registries.putArray("InsecureRegistryCIDRs").add("127.0.0.0/8");
    registries.putObject("IndexConfigs");
    RegistrySettings settings = profile.registries();
    texts(registries.putArray("Mirrors"), settings.mirrors().stream().map(URI::toString).toList());
    json.put("HttpProxy", ProxyRoutes.shown(settings.proxies().http()));
    json.put("HttpsProxy", ProxyRoutes.shown(settings.proxies().https()));
    json.put("NoProxy", String.join(",", settings.proxies().direct()));
    json.putArray("Labels");
    json.putNull("GenericResources");
  }

  private void runtimes(ObjectNode json) {
    json.putObject("Runtimes").putObject(RUNTIME).put("path", profile.runtime().toString());
    json.put("DefaultRuntime", RUNTIME);
    json.put("Isolation", "");
    json.put("InitBinary", "");
    commit(json, "ContainerdCommit", "");
    commit(json, "RuncCommit", runtime.commit().isEmpty() ? runtime.version() : runtime.commit());
    commit(json, "InitCommit", "");
  }

  private static void commit(ObjectNode json, String name, String id) {
    json.putObject(name).put("ID", id).put("Expected", id);
  }

  private List<String> securityOptions() {
    return profile.cgroupVersion() == 2
        ? List.of("name=seccomp,profile=builtin", "name=cgroupns")
        : List.of("name=seccomp,profile=builtin");
  }

  private static void texts(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }
}
