package io.metanode.containers.engine;

import io.metanode.containers.image.JsonFields;
import io.metanode.containers.network.Endpoint;
import io.metanode.containers.network.EndpointRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Places on networks, asked for and taken, in {@code state.json}. */
final class EndpointJson {

  private EndpointJson() {}

  static ArrayNode json(List<EndpointRequest> asked) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    asked.forEach(each -> list.add(json(each)));
    return list;
  }

  private static ObjectNode json(EndpointRequest asked) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("network", asked.network());
    ArrayNode aliases = json.putArray("aliases");
    asked.aliases().forEach(aliases::add);
    ArrayNode links = json.putArray("links");
    asked.links().forEach(links::add);
    if (!asked.driverOptions().isEmpty()) {
      ObjectNode options = json.putObject("driverOptions");
      new TreeMap<>(asked.driverOptions()).forEach(options::put);
    }
    return json.put("address", asked.address())
        .put("address6", asked.address6())
        .put("macAddress", asked.macAddress())
        .put("gatewayPriority", asked.gatewayPriority());
  }

  static List<EndpointRequest> requests(JsonNode list) {
    List<EndpointRequest> asked = new ArrayList<>();
    list.forEach(each -> asked.add(request(each)));
    return asked;
  }

  private static EndpointRequest request(JsonNode json) {
    return new EndpointRequest(
        json.path("network").asString(),
        texts(json.path("aliases")),
        texts(json.path("links")),
        json.path("address").asString(""),
        json.path("address6").asString(""),
        json.path("macAddress").asString(""),
        JsonFields.map(json, "driverOptions"),
        json.path("gatewayPriority").asInt(0));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asString()));
    return texts;
  }

  static ObjectNode json(Endpoint endpoint) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("networkId", endpoint.networkId())
            .put("networkName", endpoint.networkName())
            .put("endpointId", endpoint.endpointId())
            .put("link", endpoint.link())
            .put("hostInterface", endpoint.hostInterface())
            .put("macAddress", endpoint.macAddress())
            .put("address", endpoint.address())
            .put("prefixLength", endpoint.prefixLength())
            .put("gateway", endpoint.gateway());
    if (!endpoint.address6().isEmpty()) {
      json.put("address6", endpoint.address6())
          .put("prefixLength6", endpoint.prefixLength6())
          .put("gateway6", endpoint.gateway6());
    }
    json.set("asked", json(endpoint.asked()));
    return json;
  }

  /** Those of before had one link, and did not say what was asked for. */
  static Endpoint endpoint(JsonNode json) {
    String name = json.path("networkName").asString();
    String hostInterface = json.path("hostInterface").asString();
    return new Endpoint(
        json.path("networkId").asString(),
        name,
        json.path("endpointId").asString(),
        json.path("link").asString(hostInterface.isEmpty() ? "" : "eth0"),
        hostInterface,
        json.path("macAddress").asString(),
        json.path("address").asString(),
        json.path("prefixLength").asInt(),
        json.path("gateway").asString(),
        json.path("address6").asString(""),
        json.path("prefixLength6").asInt(0),
        json.path("gateway6").asString(""),
        json.has("asked") ? request(json.path("asked")) : EndpointRequest.to(name));
  }
}
