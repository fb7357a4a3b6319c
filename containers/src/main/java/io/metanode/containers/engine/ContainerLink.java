package io.metanode.containers.engine;

import io.metanode.containers.config.HostConfig;
import io.metanode.containers.network.Link;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a container on the default bridge calls another one there. In networks of users a link is an
 * alias and nothing more.
 *
 * @param target the other's id; of containers of before what the client called it
 * @param name the other's when they were linked, for when it is gone
 * @param alias what it is called
 */
public record ContainerLink(String target, String name, String alias) {

  /** As containers of before are linked: by what the client said. */
  static List<ContainerLink> asked(HostConfig host) {
    if (!host.networkMode().equals("bridge")) {
      return List.of();
    }
    return host.links().stream()
        .map(Link::parse)
        .map(link -> new ContainerLink(link.target(), link.target(), link.alias()))
        .toList();
  }

  static ArrayNode json(List<ContainerLink> links) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (ContainerLink link : links) {
      list.addObject()
          .put("target", link.target())
          .put("name", link.name())
          .put("alias", link.alias());
    }
    return list;
  }

  static List<ContainerLink> read(JsonNode list) {
    List<ContainerLink> links = new ArrayList<>();
    for (JsonNode link : list) {
      links.add(
          new ContainerLink(
              link.path("target").asString(),
              link.path("name").asString(),
              link.path("alias").asString()));
    }
    return links;
  }
}
