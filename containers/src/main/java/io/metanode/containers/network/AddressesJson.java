package io.metanode.containers.network;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
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
    return new Addresses(
        Subnet.parse(json.path("subnet").asString("")).orElseThrow(),
        Ipv4.of(json.path("gateway").asString("")),
        range(json).map(text -> Subnet.parse(text).orElseThrow()),
        reserved(json, Ipv4::of),
        json.path("chosen").asBoolean(true));
  }

  /**
   * @throws RuntimeException if something is malformed
   */
  static Addresses6 read6(JsonNode json) {
    return new Addresses6(
        Subnet6.parse(json.path("subnet").asString("")).orElseThrow(),
        Ipv6.of(json.path("gateway").asString("")),
        range(json).map(text -> Subnet6.parse(text).orElseThrow()),
        reserved(json, Ipv6::of),
        json.path("chosen").asBoolean(true));
  }

  private static Optional<String> range(JsonNode json) {
    return json.has("range") ? Optional.of(json.path("range").asString()) : Optional.empty();
  }

  private static <T> Map<String, T> reserved(JsonNode json, Function<String, T> address) {
    Map<String, T> reserved = new HashMap<>();
    json.path("reserved")
        .properties()
        .forEach(entry -> reserved.put(entry.getKey(), address.apply(entry.getValue().asString())));
    return reserved;
  }

  static void write(ObjectNode json, Addresses own) {
    write(json, own.subnet(), own.gateway(), own.range(), own.reserved(), own.chosen());
  }

  static void write(ObjectNode json, Addresses6 own) {
    write(json, own.subnet(), own.gateway(), own.range(), own.reserved(), own.chosen());
  }

  private static void write(
      ObjectNode json,
      Object subnet,
      Object gateway,
      Optional<?> range,
      Map<String, ?> reserved,
      boolean chosen) {
    json.put("subnet", subnet.toString());
    json.put("gateway", gateway.toString());
    range.ifPresent(part -> json.put("range", part.toString()));
    ObjectNode names = json.putObject("reserved");
    new TreeMap<>(reserved).forEach((name, address) -> names.put(name, address.toString()));
    json.put("chosen", chosen);
  }
}
