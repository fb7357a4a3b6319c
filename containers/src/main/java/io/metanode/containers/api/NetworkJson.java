package io.metanode.containers.api;

import io.metanode.containers.http.Json;
import io.metanode.containers.network.HostNetworks;
import io.metanode.containers.network.NetworkDefinition;
import io.metanode.containers.network.Networks.Driver;
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
    json.put("EnableIPv6", false);
    ObjectNode ipam = json.putObject("IPAM");
    ipam.put("Driver", "default");
    ipam.putNull("Options");
    ArrayNode configurations = ipam.putArray("Config");
    network
        .addresses()
        .ifPresent(
            addresses ->
                configurations
                    .addObject()
                    .put("Subnet", addresses.subnet().toString())
                    .put("Gateway", addresses.gateway().toString()));
    json.put("Internal", network.internal());
    json.put("Attachable", false);
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
            (container, lease) -> {
              if (lease.networkId().equals(network.id())) {
                containers
                    .putObject(container)
                    .put("Name", names.name(container).orElse(""))
                    .put("EndpointID", lease.endpointId())
                    .put("MacAddress", lease.macAddress())
                    .put(
                        "IPv4Address",
                        lease.address().isEmpty()
                            ? ""
                            : lease.address() + "/" + lease.prefixLength())
                    .put("IPv6Address", "");
              }
            });
    return json;
  }
}
