package io.metanode.containers.api;

import io.metanode.containers.config.ContainerConfig;
import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.MountPoint;
import io.metanode.containers.engine.Run;
import io.metanode.containers.engine.State;
import io.metanode.containers.network.HostNetworks;
import io.metanode.containers.network.Networks.LeaseRecord;
import io.metanode.containers.network.Networks.PortMapping;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The parts of a container's JSON that list and inspect share. */
final class ContainerParts {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ContainerParts() {}

  /** The program and its arguments. */
  static List<String> words(Container container) {
    ContainerConfig config = container.definition().config();
    List<String> words = new ArrayList<>(config.entrypoint());
    words.addAll(config.command());
    return words;
  }

  /** The status as {@code docker ps} shows it. */
  static String status(Container container, Instant now) {
    State state = container.state();
    Run run = state.run();
    return switch (state.status()) {
      case CREATED -> "Created";
      case RUNNING -> "Up " + since(run.startedAt(), now) + health(container);
      case PAUSED -> "Up " + since(run.startedAt(), now) + " (Paused)";
      case RESTARTING ->
          "Restarting (" + run.exitCode() + ") " + since(run.finishedAt(), now) + " ago";
      case EXITED ->
          run.finishedAt().equals(Run.NEVER)
              ? "Created"
              : "Exited (" + run.exitCode() + ") " + since(run.finishedAt(), now) + " ago";
      case REMOVING -> "Removal In Progress";
      case DEAD -> "Dead";
    };
  }

  private static String health(Container container) {
    return container
        .health()
        .map(
            health ->
                switch (health.condition()) {
                  case STARTING -> " (health: starting)";
                  case HEALTHY -> " (healthy)";
                  case UNHEALTHY -> " (unhealthy)";
                })
        .orElse("");
  }

  private static String since(Instant then, Instant now) {
    return Elapsed.words(Duration.between(then, now));
  }

  static ArrayNode mounts(Container container) {
    ArrayNode mounts = NODES.arrayNode();
    Set<String> unlisted =
        container.definition().hostConfig().tmpfs().keySet().stream()
            .map(path -> Path.of("/", path).normalize().toString())
            .collect(Collectors.toUnmodifiableSet());
    for (MountPoint mount : container.definition().mounts()) {
      // As in Docker, what --tmpfs asks for is told in HostConfig alone.
      if (mount.type().equals("tmpfs") && unlisted.contains(mount.destination())) {
        continue;
      }
      ObjectNode entry = mounts.addObject().put("Type", mount.type());
      if (!mount.name().isEmpty()) {
        entry.put("Name", mount.name());
      }
      entry.put("Source", mount.source()).put("Destination", mount.destination());
      if (mount.type().equals("volume")) {
        entry.put("Driver", "local");
      }
      entry
          .put("Mode", mount.mode())
          .put("RW", mount.writable())
          .put("Propagation", mount.propagation());
    }
    return mounts;
  }

  /** {@code NetworkSettings.Ports}: container port to the places it is published at. */
  static ObjectNode portMap(Container container) {
    ObjectNode ports = NODES.objectNode();
    container.definition().config().exposedPorts().forEach(ports::putNull);
    for (PortMapping port : published(container)) {
      String key = port.containerPort() + "/" + port.protocol();
      ArrayNode list = ports.path(key) instanceof ArrayNode present ? present : ports.putArray(key);
      for (String address : HostNetworks.listened(port)) {
        list.addObject().put("HostIp", address).put("HostPort", Integer.toString(port.hostPort()));
      }
    }
    return ports;
  }

  static List<PortMapping> published(Container container) {
    return container.state().lease().map(LeaseRecord::ports).orElse(List.of());
  }
}
