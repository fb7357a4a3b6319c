package io.metanode.containers.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Typed reading of an object that a {@link Shape} has checked. */
abstract class View {

  private final ObjectNode object;

  View(ObjectNode object) {
    this.object = object;
  }

  /** The object itself; not to be changed. */
  public final ObjectNode json() {
    return object;
  }

  final boolean has(String field) {
    return object.hasNonNull(field);
  }

  final JsonNode node(String field) {
    return object.path(field);
  }

  final String text(String field) {
    return object.path(field).asString("");
  }

  final boolean flag(String field) {
    return object.path(field).asBoolean(false);
  }

  final long number(String field) {
    return object.path(field).asLong(0);
  }

  final OptionalLong optionalNumber(String field) {
    return has(field) ? OptionalLong.of(number(field)) : OptionalLong.empty();
  }

  final Optional<Boolean> optionalFlag(String field) {
    return has(field) ? Optional.of(flag(field)) : Optional.empty();
  }

  final List<String> texts(String field) {
    return texts(object.path(field));
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>(array.size());
    array.forEach(item -> texts.add(item.asString("")));
    return texts;
  }

  final Map<String, String> textMap(String field) {
    Map<String, String> map = new LinkedHashMap<>();
    object.path(field).properties().forEach(e -> map.put(e.getKey(), e.getValue().asString("")));
    return map;
  }

  final Set<String> keys(String field) {
    Set<String> keys = new LinkedHashSet<>();
    object.path(field).properties().forEach(e -> keys.add(e.getKey()));
    return keys;
  }

  final List<JsonNode> items(String field) {
    List<JsonNode> items = new ArrayList<>();
    object.path(field).forEach(items::add);
    return items;
  }
}
