package io.metanode.containers.api;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The query parameter {@code filters}: {@code {"label":["a","b"]}}, or as clients before 1.22 wrote
 * it {@code {"label":{"a":true}}}.
 */
final class QueryFilters {

  private QueryFilters() {}

  /**
   * Values by filter name; empty without the parameter.
   *
   * @throws ApiException 400 if it is malformed
   */
  static Map<String, List<String>> of(HttpExchange exchange) throws ApiException {
    String text = exchange.query("filters").orElse("");
    Map<String, List<String>> filters = new LinkedHashMap<>();
    if (text.isBlank()) {
      return filters;
    }
    JsonNode json = Json.parse(text.getBytes(StandardCharsets.UTF_8));
    if (!json.isObject()) {
      throw ApiException.badRequest("invalid filters: not a JSON object");
    }
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      filters.put(entry.getKey(), values(entry.getValue()));
    }
    return filters;
  }

  private static List<String> values(JsonNode node) throws ApiException {
    List<String> values = new ArrayList<>();
    if (node.isArray()) {
      for (JsonNode value : node) {
        if (!value.isString()) {
          throw ApiException.badRequest("invalid filters: a value is not a string");
        }
        values.add(value.stringValue());
      }
    } else if (node.isObject()) {
      for (Map.Entry<String, JsonNode> value : node.properties()) {
        if (value.getValue().isBoolean() && value.getValue().booleanValue()) {
          values.add(value.getKey());
        }
      }
    } else {
      throw ApiException.badRequest("invalid filters: a filter is neither array nor object");
    }
    return values;
  }

  /**
   * @throws ApiException 400 if a filter is not among {@code known}
   */
  static void requireKnown(Map<String, List<String>> filters, Set<String> known)
      throws ApiException {
    for (String name : filters.keySet()) {
      if (!known.contains(name)) {
        throw ApiException.badRequest("invalid filter '" + name + "'");
      }
    }
  }
}
