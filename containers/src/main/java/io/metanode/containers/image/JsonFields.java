package io.metanode.containers.image;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lenient reading of JSON that strangers wrote: a field that is absent, null or of another type
 * reads as empty, as Go's decoder leaves it.
 */
public final class JsonFields {

  /** The mapper for all JSON of images. */
  public static final JsonMapper MAPPER = JsonMapper.builder().build();

  private JsonFields() {}

  public static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isString() ? value.stringValue() : "";
  }

  public static long number(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : 0;
  }

  public static boolean flag(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isBoolean() && value.booleanValue();
  }

  /** The strings of an array; a lone string reads as one element. */
  public static List<String> texts(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isString()) {
      return List.of(value.stringValue());
    }
    List<String> texts = new ArrayList<>();
    if (value.isArray()) {
      for (JsonNode element : value) {
        if (element.isString()) {
          texts.add(element.stringValue());
        }
      }
    }
    return List.copyOf(texts);
  }

  /** The names of an object's fields, as sets are written. */
  public static Set<String> names(JsonNode node, String field) {
    Set<String> names = new LinkedHashSet<>();
    for (Map.Entry<String, JsonNode> entry : node.path(field).properties()) {
      names.add(entry.getKey());
    }
    return names;
  }

  /** An object whose values are strings. */
  public static Map<String, String> map(JsonNode node, String field) {
    Map<String, String> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.path(field).properties()) {
      if (entry.getValue().isString()) {
        map.put(entry.getKey(), entry.getValue().stringValue());
      }
    }
    return map;
  }
}
