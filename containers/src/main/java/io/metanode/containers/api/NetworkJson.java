package io.metanode.containers.api;

import io.metanode.containers.http.Json;
import io.metanode.containers.network.AskedAddresses.Part;
import io.metanode.containers.network.Endpoint;
import io.metanode.containers.network.HostNetworks;
import io.metanode.containers.network.NetworkDefinition;
import io.metanode.containers.network.Networks.Driver;
import java.util.Collection;
import java.util.Map;
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
    network
        .asked()
        .options()
        .ifPresentOrElse(
            asked -> texts(ipam.putObject("Options"), asked), () -> ipam.putNull("Options"));
    ArrayNode configurations = ipam.putArray("Config");
    network
        .addresses()
        .ifPresent(own -> configure(configurations, network, false, own.subnet(), own.gateway()));
    network
        .addresses6()
        .ifPresent(own -> configure(configurations, network, true, own.subnet(), own.gateway()));
    json.put("Internal", network.internal());
    json.put("Attachable", network.attachable());
    json.put("Ingress", false);
    json.putObject("ConfigFrom").put("Network", "");
    json.put("ConfigOnly", false);
    json.putObject("Containers");
    ObjectNode options = json.putObject("Options");
    texts(options, network.options());
    if (network.driver() == Driver.BRIDGE && network.name().equals("bridge")) {
      defaultBridgeOptions(options, network);
    }
    texts(json.putObject("Labels"), network.labels());
    return json;
  }

  /** As it was asked for; what nobody asked for as it is. */
  private static void configure(
      ArrayNode configurations,
      NetworkDefinition network,
      boolean six,
      Object subnet,
      Object gateway) {
    Collection<Part> asked = network.asked().of(six);
    if (asked.isEmpty()) {
      configurations
          .addObject()
          .put("Subnet", subnet.toString())
          .put("Gateway", gateway.toString());
    }
    for (Part part : asked) {
      ObjectNode json = configurations.addObject();
      json.put("Subnet", part.subnet());
      if (!part.range().isEmpty()) {
        json.put("IPRange", part.range());
      }
      if (!part.gateway().isEmpty()) {
        json.put("Gateway", part.gateway());
      }
      if (!part.reserved().isEmpty()) {
        texts(json.putObject("AuxiliaryAddresses"), part.reserved());
      }
    }
  }

  private static void texts(ObjectNode json, Map<String, String> texts) {
    new TreeMap<>(texts).forEach(json::put);
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
