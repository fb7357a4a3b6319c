package io.metanode.containers.api;

import io.metanode.containers.engine.Container;
import io.metanode.containers.network.Endpoint;
import io.metanode.containers.network.EndpointRequest;
import io.metanode.containers.network.Networks.LeaseRecord;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code NetworkSettings.Networks}: the networks a container is on, or is to be on. */
final class ContainerNetworks {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ContainerNetworks() {}

  static ObjectNode json(Container container) {
    ObjectNode networks = NODES.objectNode();
    List<Endpoint> places = container.state().lease().map(LeaseRecord::endpoints).orElse(List.of());
    if (places.isEmpty()) {
      container.networks().forEach(asked -> networks.set(asked.network(), asked(container, asked)));
    }
    places.forEach(place -> networks.set(place.networkName(), taken(container, place)));
    return networks;
  }

  private static ObjectNode asked(Container container, EndpointRequest asked) {
    ObjectNode json = NODES.objectNode();
    json.set("IPAMConfig", addresses(asked));
    json.set("Links", texts(asked.links()));
    json.set("Aliases", texts(asked.aliases()));
    json.put("MacAddress", asked.macAddress());
    json.set("DriverOpts", options(asked));
    json.put("GwPriority", asked.gatewayPriority());
    json.put("NetworkID", "");
    json.put("EndpointID", "");
    json.put("Gateway", "");
    json.put("IPAddress", "");
    json.put("IPPrefixLen", 0);
    json.put("IPv6Gateway", "");
    json.put("GlobalIPv6Address", "");
    json.put("GlobalIPv6PrefixLen", 0);
    json.set("DNSNames", names(container, asked));
    return json;
  }

  private static ObjectNode taken(Container container, Endpoint place) {
    return asked(container, place.asked())
        .put("MacAddress", place.macAddress())
        .put("NetworkID", place.networkId())
        .put("EndpointID", place.endpointId())
        .put("Gateway", place.gateway())
        .put("IPAddress", place.address())
        .put("IPPrefixLen", place.prefixLength())
        .put("IPv6Gateway", place.gateway6())
        .put("GlobalIPv6Address", place.address6())
        .put("GlobalIPv6PrefixLen", place.prefixLength6());
  }

  private static JsonNode addresses(EndpointRequest asked) {
    if (asked.address().isEmpty() && asked.address6().isEmpty()) {
      return NODES.nullNode();
    }
    ObjectNode json = NODES.objectNode();
    if (!asked.address().isEmpty()) {
      json.put("IPv4Address", asked.address());
    }
    if (!asked.address6().isEmpty()) {
      json.put("IPv6Address", asked.address6());
    }
    return json;
  }

  private static JsonNode options(EndpointRequest asked) {
    if (asked.driverOptions().isEmpty()) {
      return NODES.nullNode();
    }
    ObjectNode json = NODES.objectNode();
    new TreeMap<>(asked.driverOptions()).forEach(json::put);
    return json;
  }

  private static JsonNode texts(List<String> texts) {
    if (texts.isEmpty()) {
      return NODES.nullNode();
    }
    ArrayNode list = NODES.arrayNode();
    texts.forEach(list::add);
    return list;
  }

  /** As Docker: none where names are not resolved. */
  private static JsonNode names(Container container, EndpointRequest asked) {
    if (Set.of("bridge", "host", "none").contains(asked.network())) {
      return NODES.nullNode();
    }
    List<String> own = container.networkNames();
    Set<String> names = new LinkedHashSet<>(List.of(own.getFirst()));
    names.addAll(asked.aliases());
    names.addAll(own);
    return texts(List.copyOf(names));
  }
}
