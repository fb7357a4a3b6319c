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
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * The {@code filters} parameter of lists: {@code {"label":{"a=b":true}}} or, from older clients,
 * {@code {"label":["a=b"]}}.
 *
 * @param values what is asked for, by filter name
 */
public record Filters(Map<String, List<String>> values) {

  private static final Set<String> YES = Set.of("1", "true", "t", "T", "TRUE", "True");
  private static final Set<String> NO = Set.of("0", "false", "f", "F", "FALSE", "False");

  /** Reads the parameter; absent or empty means no filters. */
  public static Filters of(HttpExchange exchange) throws ApiException {
    return parse(exchange.query("filters").orElse(""));
  }

  /**
   * @throws ApiException 400 if the text is neither form
   */
  public static Filters parse(String text) throws ApiException {
    if (text.isEmpty()) {
      return new Filters(Map.of());
    }
    JsonNode json;
    try {
      json = Json.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (ApiException e) {
      throw ApiException.badRequest("invalid filters: " + e.getMessage());
    }
    if (!json.isObject()) {
      throw ApiException.badRequest("invalid filters: not an object");
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      values.put(entry.getKey(), texts(entry.getKey(), entry.getValue()));
    }
    return new Filters(values);
  }

  private static List<String> texts(String name, JsonNode node) throws ApiException {
    List<String> texts = new ArrayList<>();
    if (node.isArray() && node.valueStream().allMatch(JsonNode::isString)) {
      node.forEach(value -> texts.add(value.asString()));
    } else if (node.isObject() && node.valueStream().allMatch(JsonNode::isBoolean)) {
      node.properties().stream()
          .filter(entry -> entry.getValue().asBoolean())
          .forEach(entry -> texts.add(entry.getKey()));
    } else {
      throw ApiException.badRequest("invalid filters: bad values of '" + name + "'");
    }
    return texts;
  }

  /**
   * @throws ApiException 400 {@code invalid filter '…'} if there is a filter not among these
   */
  public Filters allowing(Set<String> names) throws ApiException {
    for (String name : values.keySet()) {
      if (!names.contains(name)) {
        throw ApiException.badRequest("invalid filter '" + name + "'");
      }
    }
    return this;
  }

  public boolean has(String name) {
    return !get(name).isEmpty();
  }

  /** The values of a filter; empty if it is not asked for. */
  public List<String> get(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** Whether the filter is not asked for, or one of its values passes. */
  public boolean any(String name, Predicate<String> test) {
    return !has(name) || get(name).stream().anyMatch(test);
  }

  /** Whether the filter is not asked for, or one of its values is this. */
  public boolean is(String name, String actual) {
    return any(name, actual::equals);
  }

  /**
   * A yes-or-no filter such as {@code dangling}.
   *
   * @throws ApiException 400 if its value is not a boolean
   */
  public boolean flag(String name, boolean ifAbsent) throws ApiException {
    if (!has(name)) {
      return ifAbsent;
    }
    boolean yes = get(name).stream().anyMatch(YES::contains);
    boolean no = get(name).stream().anyMatch(NO::contains);
    if (yes == no) {
      throw ApiException.badRequest(
          "invalid filter '" + name + "=[" + String.join(" ", get(name)) + "]'");
    }
    return yes;
  }

  /** Whether these satisfy every filter on labels, and none of those named {@code label!}. */
  public boolean labels(Map<String, String> labels) {
    return get("label").stream().allMatch(wanted -> hasLabel(labels, wanted))
        && get("label!").stream().noneMatch(unwanted -> hasLabel(labels, unwanted));
  }

  private static boolean hasLabel(Map<String, String> labels, String wanted) {
    int equals = wanted.indexOf('=');
    return equals < 0
        ? labels.containsKey(wanted)
        : wanted.substring(equals + 1).equals(labels.get(wanted.substring(0, equals)));
  }
}
