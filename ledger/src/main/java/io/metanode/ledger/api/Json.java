package io.metanode.ledger.api;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes JSON. */
final class Json {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** An object of strings, numbers, lists and maps by name. */
  static ObjectNode of(Map<String, Object> members) {
    return MAPPER.valueToTree(members);
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  static byte[] bytes(JsonNode json) {
    return MAPPER.writeValueAsBytes(json);
  }

  static JsonNode read(byte[] text) throws Problem {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw Problem.badRequest("no JSON: " + e.getOriginalMessage());
    }
  }
}
