package io.metanode.containers.network;

import io.metanode.containers.network.AskedAddresses.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was said of a network's addresses, on disk:
 *
 * <pre>{"options":{"a":"b"},"parts":[{"subnet":"fd00:0:0:1::/64","range":"","gateway":"",
 * "reserved":{"printer":"fd00:0:0:1::7"}}]}</pre>
 *
 * <p>Files of before have none of it.
 */
final class AskedAddressesJson {

  private AskedAddressesJson() {}

  static AskedAddresses read(JsonNode json) {
    List<Part> parts = new ArrayList<>();
    for (JsonNode part : json.path("parts")) {
      parts.add(
          new Part(
              part.path("subnet").asString(""),
              part.path("range").asString(""),
              part.path("gateway").asString(""),
              texts(part.path("reserved"))));
    }
    JsonNode options = json.path("options");
    return new AskedAddresses(
        options.isObject() ? Optional.of(texts(options)) : Optional.empty(), parts);
  }

  private static Map<String, String> texts(JsonNode json) {
    Map<String, String> texts = new HashMap<>();
    json.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString("")));
    return texts;
  }

  static void write(ObjectNode json, AskedAddresses asked) {
    asked.options().ifPresent(options -> write(json.putObject("options"), options));
    ArrayNode parts = json.putArray("parts");
    for (Part part : asked.parts()) {
      ObjectNode one = parts.addObject();
      one.put("subnet", part.subnet());
      one.put("range", part.range());
      one.put("gateway", part.gateway());
      write(one.putObject("reserved"), part.reserved());
    }
  }

  private static void write(ObjectNode json, Map<String, String> texts) {
    new TreeMap<>(texts).forEach(json::put);
  }
}
