package io.metanode.containers.network;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A network's addresses on disk, of either family:
 *
 * <pre>{"subnet":"172.30.0.0/16","gateway":"172.30.0.1","range":"172.30.5.0/24",
 * "reserved":{"printer":"172.30.1.7"},"chosen":true}</pre>
 *
 * <p>Files of before have neither of the last three; their subnets count as chosen.
 */
final class AddressesJson {

  private AddressesJson() {}

  /**
   * @throws RuntimeException if something is malformed
   */
  static Addresses read(JsonNode json) {
    Map<String, Ipv4> reserved = new HashMap<>();
    json.path("reserved")
        .properties()
        .forEach(entry -> reserved.put(entry.getKey(), Ipv4.of(entry.getValue().asString())));
    return new Addresses(
        Subnet.parse(json.path("subnet").asString("")).orElseThrow(),
        Ipv4.of(json.path("gateway").asString("")),
        range(json).map(text -> Subnet.parse(text).orElseThrow()),
        reserved,
        json.path("chosen").asBoolean(true));
  }

  /**
   * @throws RuntimeException if something is malformed
   */
  static Addresses6 read6(JsonNode json) {
    Map<String, Ipv6> reserved = new HashMap<>();
    json.path("reserved")
        .properties()
        .forEach(entry -> reserved.put(entry.getKey(), Ipv6.of(entry.getValue().asString())));
    return new Addresses6(
        Subnet6.parse(json.path("subnet").asString("")).orElseThrow(),
        Ipv6.of(json.path("gateway").asString("")),
        range(json).map(text -> Subnet6.parse(text).orElseThrow()),
        reserved,
        json.path("chosen").asBoolean(true));
  }

  private static Optional<String> range(JsonNode json) {
    return json.has("range") ? Optional.of(json.path("range").asString()) : Optional.empty();
  }

  static void write(ObjectNode json, Addresses addresses) {
    json.put("subnet", addresses.subnet().toString());
    json.put("gateway", addresses.gateway().toString());
    addresses.range().ifPresent(range -> json.put("range", range.toString()));
    ObjectNode reserved = json.putObject("reserved");
    new TreeMap<>(addresses.reserved())
        .forEach((name, address) -> reserved.put(name, address.toString()));
    json.put("chosen", addresses.chosen());
  }

  static void write(ObjectNode json, Addresses6 addresses) {
    json.put("subnet", addresses.subnet().toString());
    json.put("gateway", addresses.gateway().toString());
    addresses.range().ifPresent(range -> json.put("range", range.toString()));
    ObjectNode reserved = json.putObject("reserved");
    new TreeMap<>(addresses.reserved())
        .forEach((name, address) -> reserved.put(name, address.toString()));
    json.put("chosen", addresses.chosen());
  }
}
