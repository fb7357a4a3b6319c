package io.metanode.containers.api;

import io.metanode.containers.http.Json;
import io.metanode.containers.network.Endpoint;
import io.metanode.containers.network.HostNetworks;
import io.metanode.containers.network.NetworkDefinition;
import io.metanode.containers.network.Networks.Driver;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Networks as the API shows them. */
final class NetworkJson {

  private final HostNetworks networks;
  private final ContainerNames names;

  NetworkJson(HostNetworks networks, ContainerNames names) {
    this.networks = networks;
    this.names = names;
  }

  /** As in lists, which name no containers. */
  ObjectNode of(NetworkDefinition network) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("Name", network.name());
    json.put("Id", network.id());
    json.put("Created", network.created().toString());
    json.put("Scope", "local");
    json.put("Driver", network.driverName());
    json.put("EnableIPv4", true);
    json.put("EnableIPv6", network.addresses6().isPresent());
    ObjectNode ipam = json.putObject("IPAM");
    ipam.put("Driver", "default");
    ipam.putNull("Options");
    ArrayNode configurations = ipam.putArray("Config");
    network
        .addresses()
        .ifPresent(
            own ->
                configuration(
                    configurations.addObject(),
                    own.subnet(),
                    own.range(),
                    own.gateway(),
                    own.reserved()));
    network
        .addresses6()
        .ifPresent(
            own ->
                configuration(
                    configurations.addObject(),
                    own.subnet(),
                    own.range(),
                    own.gateway(),
                    own.reserved()));
    json.put("Internal", network.internal());
    json.put("Attachable", network.attachable());
    json.put("Ingress", false);
    json.putObject("ConfigFrom").put("Network", "");
    json.put("ConfigOnly", false);
    json.putObject("Containers");
    ObjectNode options = json.putObject("Options");
    new TreeMap<>(network.options()).forEach(options::put);
    if (network.driver() == Driver.BRIDGE && network.name().equals("bridge")) {
      defaultBridgeOptions(options, network);
    }
    ObjectNode labels = json.putObject("Labels");
    new TreeMap<>(network.labels()).forEach(labels::put);
    return json;
  }

  private static void configuration(
      ObjectNode json, Object subnet, Optional<?> range, Object gateway, Map<String, ?> reserved) {
    json.put("Subnet", subnet.toString());
    range.ifPresent(part -> json.put("IPRange", part.toString()));
    json.put("Gateway", gateway.toString());
    if (!reserved.isEmpty()) {
      ObjectNode names = json.putObject("AuxiliaryAddresses");
      new TreeMap<>(reserved).forEach((name, address) -> names.put(name, address.toString()));
    }
  }

  private void defaultBridgeOptions(ObjectNode options, NetworkDefinition network) {
    String prefix = "com.docker.network.bridge.";
    options.put(prefix + "default_bridge", "true");
    options.put(prefix + "enable_icc", "true");
    options.put(prefix + "enable_ip_masquerade", "true");
    options.put(prefix + "host_binding_ipv4", "0.0.0.0");
    options.put(prefix + "name", networks.bridgeName(network));
    options.put("com.docker.network.driver.mtu", "1500");
  }

  /** As {@code network inspect} has it. */
  ObjectNode withContainers(NetworkDefinition network) {
    ObjectNode json = of(network);
    ObjectNode containers = json.putObject("Containers");
    networks
        .leases()
        .forEach(
            (container, lease) ->
                lease
                    .on(network.id())
                    .ifPresent(place -> containers.set(container, json(container, place))));
    return json;
  }

  private ObjectNode json(String container, Endpoint place) {
    return Json.MAPPER
        .createObjectNode()
        .put("Name", names.name(container).orElse(""))
        .put("EndpointID", place.endpointId())
        .put("MacAddress", place.macAddress())
        .put("IPv4Address", withPrefix(place.address(), place.prefixLength()))
        .put("IPv6Address", withPrefix(place.address6(), place.prefixLength6()));
  }

  private static String withPrefix(String address, int prefixLength) {
    return address.isEmpty() ? "" : address + "/" + prefixLength;
  }
}
