package io.metanode.containers.config;

import io.metanode.containers.http.ApiException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a JSON object and their types. {@link #read} keeps the known fields in the order
 * declared, fills absent ones with their defaults, sorts maps by key, drops unknown fields, and
 * refuses wrong types, as Go's decoder does for Docker. As there, the case of a field's name does
 * not matter, and of several that differ in case the last counts.
 */
public final class Shape {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String name;
  private final Map<String, Field> fields = new LinkedHashMap<>();
  private final Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private Shape(String name) {
    this.name = name;
  }

  /**
   * @param name the type's name in error messages
   */
  public static Shape named(String name) {
    return new Shape(name);
  }

  /** Checks and copies a present value that is not null. */
  @FunctionalInterface
  private interface Reader {
    JsonNode read(JsonNode value, String where) throws ApiException;
  }

  /** A type a field may have, and what null stands for in a list or map of it. */
  public static final class Type {

    private final JsonNode zero;
    private final Reader reader;

    private Type(JsonNode zero, Reader reader) {
      this.zero = zero;
      this.reader = reader;
    }

    private JsonNode read(JsonNode value, String where) throws ApiException {
      return reader.read(value.isNull() ? zero : value, where);
    }
  }

  private record Field(Type type, @Nullable JsonNode ifAbsent) {}

  public static final Type TEXT =
      new Type(
          NODES.stringNode(""),
          (value, where) -> value.isString() ? value : refuse(value, where, "string"));

  public static final Type FLAG =
      new Type(
          NODES.booleanNode(false),
          (value, where) -> value.isBoolean() ? value : refuse(value, where, "bool"));

  public static final Type NUMBER =
      new Type(
          NODES.numberNode(0L),
          (value, where) ->
              value.isIntegralNumber() && value.canConvertToLong()
                  ? NODES.numberNode(value.longValue())
                  : refuse(value, where, "int64"));

  public static final Type TEXTS = listOf(TEXT, "[]string");

  /** A list of strings, or one string that stands for a list of one. */
  public static final Type WORDS =
      new Type(
          NODES.arrayNode(),
          (value, where) ->
              value.isString() ? NODES.arrayNode().add(value) : TEXTS.read(value, where));

  public static final Type TEXT_MAP = mapOf(TEXT, "map[string]string");

  /** A set as Go writes it: an object whose values are empty objects. */
  public static final Type KEYS =
      mapOf(
          new Type(
              NODES.objectNode(),
              (value, where) ->
                  value.isObject() ? NODES.objectNode() : refuse(value, where, "struct {}")),
          "map[string]struct {}");

  /**
   * @param goName the type's name in error messages
   */
  public static Type listOf(Type element, String goName) {
    return new Type(
        NODES.arrayNode(),
        (value, where) -> {
          if (!value.isArray()) {
            return refuse(value, where, goName);
          }
          ArrayNode list = NODES.arrayNode();
          for (JsonNode item : value) {
            list.add(element.read(item, where));
          }
          return list;
        });
  }

  /**
   * @param goName the type's name in error messages
   */
  public static Type mapOf(Type element, String goName) {
    return new Type(
        NODES.objectNode(),
        (value, where) -> {
          if (!value.isObject()) {
            return refuse(value, where, goName);
          }
          Map<String, JsonNode> sorted = new TreeMap<>();
          for (Map.Entry<String, JsonNode> entry : value.properties()) {
            sorted.put(entry.getKey(), element.read(entry.getValue(), where));
          }
          ObjectNode map = NODES.objectNode();
          sorted.forEach(map::set);
          return map;
        });
  }

  /** Declares a field; an absent or null one reads as {@code ifAbsent}. */
  public Shape field(String field, Type type, JsonNode ifAbsent) {
    return declare(field, new Field(type, ifAbsent));
  }

  /** Declares a field that stays absent if it is absent or null. */
  public Shape optional(String field, Type type) {
    return declare(field, new Field(type, null));
  }

  private Shape declare(String field, Field declared) {
    fields.put(field, declared);
    names.put(field, field);
    return this;
  }

  public Shape texts(String... names) {
    for (String field : names) {
      field(field, TEXT, NODES.stringNode(""));
    }
    return this;
  }

  public Shape flags(String... names) {
    for (String field : names) {
      field(field, FLAG, NODES.booleanNode(false));
    }
    return this;
  }

  public Shape numbers(String... names) {
    for (String field : names) {
      field(field, NUMBER, NODES.numberNode(0L));
    }
    return this;
  }

  /** Fields that read as null when absent. */
  public Shape nullable(Type type, String... names) {
    for (String field : names) {
      field(field, type, NODES.nullNode());
    }
    return this;
  }

  /** This shape as the type of a field of another. */
  public Type type() {
    return new Type(NODES.objectNode(), (value, where) -> read(value));
  }

  /**
   * @throws ApiException 400 if {@code value} is not an object or a field has the wrong type
   */
  public ObjectNode read(JsonNode value) throws ApiException {
    if (!value.isObject()) {
      refuse(value, name, name);
    }
    Map<String, JsonNode> known = known(value);
    ObjectNode object = NODES.objectNode();
    for (Map.Entry<String, Field> entry : fields.entrySet()) {
      JsonNode given = known.get(entry.getKey());
      Field field = entry.getValue();
      if (given != null) {
        object.set(entry.getKey(), field.type().read(given, name + "." + entry.getKey()));
      } else if (field.ifAbsent() != null) {
        object.set(entry.getKey(), field.ifAbsent().deepCopy());
      }
    }
    return object;
  }

  /** Whether an object has any field of this shape, be it null. */
  public boolean hasAny(JsonNode object) {
    return object.propertyStream().anyMatch(entry -> names.containsKey(entry.getKey()));
  }

  /** Values that are not null, by the declared name of their field. */
  private Map<String, JsonNode> known(JsonNode object) {
    Map<String, JsonNode> known = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String field = names.get(entry.getKey());
      if (field != null && !entry.getValue().isNull()) {
        known.put(field, entry.getValue());
      }
    }
    return known;
  }

  private static JsonNode refuse(JsonNode value, String where, String goType) throws ApiException {
    String what =
        switch (value.getNodeType()) {
          case STRING -> "string";
          case NUMBER -> value.isIntegralNumber() ? "number " + abbreviated(value) : "number";
          case BOOLEAN -> "bool";
          case ARRAY -> "array";
          case OBJECT -> "object";
          default -> "value";
        };
    throw ApiException.badRequest(
        "invalid JSON: json: cannot unmarshal "
            + what
            + " into Go struct field "
            + where
            + " of type "
            + goType);
  }

  private static String abbreviated(JsonNode number) {
    String digits = number.asString();
    return digits.length() <= 24 ? digits : digits.substring(0, 24) + "…";
  }
}
