package io.metanode.containers.api;

import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.Definition;
import io.metanode.containers.engine.State;
import io.metanode.containers.network.HostNetworks;
import io.metanode.containers.network.Networks.PortMapping;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A container as {@code docker ps} shows it. */
final class ContainerSummary {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ContainerSummary() {}

  /**
   * What a container and its image are called now.
   *
   * @param image the name the container was created by, or the image's id
   * @param links the names that links of others give the container
   */
  record Called(String image, Set<String> links) {}

  /**
   * @param called its names and its image's
   * @param annotated with the container's annotations, since version 1.46 of the API
   */
  static ObjectNode json(Container container, Called called, Instant now, boolean annotated) {
    Definition definition = container.definition();
    State state = container.state();
    ObjectNode json = NODES.objectNode();
    json.put("Id", container.id());
    Set<String> names = new TreeSet<>(called.links());
    names.add(state.name());
    ArrayNode told = json.putArray("Names");
    names.forEach(name -> told.add("/" + name));
    json.put("Image", called.image());
    json.put("ImageID", definition.imageId().toString());
    json.put("Command", command(container));
    json.put("Created", definition.created().getEpochSecond());
    json.set("Ports", ports(container));
    json.set("Labels", definition.config().json().path("Labels"));
    json.put("State", state.status().word());
    json.put("Status", ContainerParts.status(container, now));
    ObjectNode host =
        json.putObject("HostConfig").put("NetworkMode", definition.hostConfig().networkMode());
    if (annotated && !definition.hostConfig().annotations().isEmpty()) {
      ObjectNode annotations = host.putObject("Annotations");
      definition.hostConfig().annotations().forEach(annotations::put);
    }
    json.putObject("NetworkSettings").set("Networks", ContainerNetworks.json(container));
    json.set("Mounts", ContainerParts.mounts(container));
    return json;
  }

  private static String command(Container container) {
    List<String> words = ContainerParts.words(container);
    return words.getFirst()
        + words.stream()
            .skip(1)
            .map(word -> word.contains(" ") ? " '" + word + "'" : " " + word)
            .collect(Collectors.joining());
  }

  private static ArrayNode ports(Container container) {
    ArrayNode ports = NODES.arrayNode();
    if (!container.state().status().alive()) {
      return ports;
    }
    Set<String> unpublished = new TreeSet<>(container.definition().config().exposedPorts());
    for (PortMapping port : ContainerParts.published(container)) {
      unpublished.remove(port.containerPort() + "/" + port.protocol());
      for (String address : HostNetworks.listened(port)) {
        ports
            .addObject()
            .put("IP", address)
            .put("PrivatePort", port.containerPort())
            .put("PublicPort", port.hostPort())
            .put("Type", port.protocol());
      }
    }
    for (String port : unpublished) {
      String[] parts = port.split("/", 2);
      ports
          .addObject()
          .put("PrivatePort", Integer.parseInt(parts[0]))
          .put("Type", parts.length > 1 ? parts[1] : "tcp");
    }
    return ports;
  }
}
