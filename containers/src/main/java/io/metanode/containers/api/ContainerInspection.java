package io.metanode.containers.api;

import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.Definition;
import io.metanode.containers.engine.Engine;
import io.metanode.containers.engine.Exec;
import io.metanode.containers.engine.Health;
import io.metanode.containers.engine.LogSettings;
import io.metanode.containers.engine.Run;
import io.metanode.containers.engine.State;
import io.metanode.containers.engine.Status;
import io.metanode.containers.network.Endpoint;
import io.metanode.containers.network.Networks.LeaseRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A container as {@code docker inspect} shows it. */
final class ContainerInspection {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Engine engine;

  ContainerInspection(Engine engine) {
    this.engine = engine;
  }

  ObjectNode json(Container container) {
    Definition definition = container.definition();
    State state = container.state();
    Path directory = engine.directory(container);
    List<String> words = ContainerParts.words(container);
    ObjectNode json = NODES.objectNode();
    json.put("Id", container.id());
    json.put("Created", definition.created().toString());
    json.put("Path", words.getFirst());
    ArrayNode arguments = json.putArray("Args");
    words.stream().skip(1).forEach(arguments::add);
    json.set("State", state(container, state));
    json.put("Image", definition.imageId().toString());
    json.put("ResolvConfPath", directory.resolve("resolv.conf").toString());
    json.put("HostnamePath", directory.resolve("hostname").toString());
    json.put("HostsPath", directory.resolve("hosts").toString());
    boolean logged = !definition.hostConfig().logType().equals("none");
    json.put("LogPath", logged ? LogSettings.path(directory).toString() : "");
    json.put("Name", "/" + state.name());
    json.put("RestartCount", state.restarts());
    json.put("Driver", "overlay2");
    json.put("Platform", "linux");
    json.put("MountLabel", "");
    json.put("ProcessLabel", "");
    json.put("AppArmorProfile", "");
    json.set("ExecIDs", execs(container));
    json.set("HostConfig", hostConfig(container, state));
    ObjectNode driver = json.putObject("GraphDriver");
    driver.putObject("Data").put("Id", container.id());
    driver.put("Name", "overlay2");
    json.set("Mounts", ContainerParts.mounts(container));
    json.set("Config", definition.config().json());
    json.set("NetworkSettings", networkSettings(container));
    return json;
  }

  private static ObjectNode state(Container container, State state) {
    Run run = state.run();
    Status status = state.status();
    ObjectNode json = NODES.objectNode();
    json.put("Status", status.word());
    json.put("Running", status.alive() || status == Status.RESTARTING);
    json.put("Paused", status == Status.PAUSED);
    json.put("Restarting", status == Status.RESTARTING);
    json.put("OOMKilled", run.outOfMemory());
    json.put("Dead", status == Status.DEAD);
    json.put("Pid", run.pid());
    json.put("ExitCode", run.exitCode());
    json.put("Error", run.error());
    json.put("StartedAt", run.startedAt().toString());
    json.put("FinishedAt", run.finishedAt().toString());
    container.health().ifPresent(health -> json.set("Health", health(health)));
    return json;
  }

  private static ObjectNode health(Health health) {
    ObjectNode json = NODES.objectNode();
    json.put("Status", health.condition().word());
    json.put("FailingStreak", health.failingStreak());
    ArrayNode log = json.putArray("Log");
    for (Health.Result result : health.log()) {
      log.addObject()
          .put("Start", result.start().toString())
          .put("End", result.end().toString())
          .put("ExitCode", result.exitCode())
          .put("Output", result.output());
    }
    return json;
  }

  private static tools.jackson.databind.JsonNode execs(Container container) {
    ArrayNode ids = NODES.arrayNode();
    for (Exec exec : container.execs()) {
      if (exec.progress().phase() == Exec.Phase.RUNNING) {
        ids.add(exec.id());
      }
    }
    return ids.isEmpty() ? NODES.nullNode() : ids;
  }

  private ObjectNode hostConfig(Container container, State state) {
    ObjectNode json = container.definition().hostConfig().json().deepCopy();
    json.set("RestartPolicy", state.restartPolicy().json());
    List<String> links = engine.containers().links().shown(container);
    if (links.isEmpty()) {
      json.putNull("Links");
    } else {
      ArrayNode told = json.putArray("Links");
      links.forEach(told::add);
    }
    return json;
  }

  private static ObjectNode networkSettings(Container container) {
    List<Endpoint> places = container.state().lease().map(LeaseRecord::endpoints).orElse(List.of());
    Optional<Endpoint> first =
        places.stream().filter(p -> p.networkName().equals("bridge")).findFirst();
    ObjectNode json = NODES.objectNode();
    json.put("Bridge", "");
    json.put("SandboxID", places.isEmpty() ? "" : places.getFirst().endpointId());
    json.put("SandboxKey", "");
    json.set(
        "Ports",
        container.state().status().alive()
            ? ContainerParts.portMap(container)
            : NODES.objectNode());
    json.put("HairpinMode", false);
    json.put("LinkLocalIPv6Address", "");
    json.put("LinkLocalIPv6PrefixLen", 0);
    json.putNull("SecondaryIPAddresses");
    json.putNull("SecondaryIPv6Addresses");
    json.put("EndpointID", first.map(Endpoint::endpointId).orElse(""));
    json.put("Gateway", first.map(Endpoint::gateway).orElse(""));
    json.put("GlobalIPv6Address", first.map(Endpoint::address6).orElse(""));
    json.put("GlobalIPv6PrefixLen", first.map(Endpoint::prefixLength6).orElse(0));
    json.put("IPAddress", first.map(Endpoint::address).orElse(""));
    json.put("IPPrefixLen", first.map(Endpoint::prefixLength).orElse(0));
    json.put("IPv6Gateway", first.map(Endpoint::gateway6).orElse(""));
    json.put("MacAddress", first.map(Endpoint::macAddress).orElse(""));
    json.set("Networks", ContainerNetworks.json(container));
    return json;
  }
}
