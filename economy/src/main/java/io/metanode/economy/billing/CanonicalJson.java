package io.metanode.economy.billing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * JSON as RFC 8785 writes it, of sorted members, lists and strings. Numbers are strings: no reader
 * rounds them.
 */
sealed interface CanonicalJson {

  record Text(String value) implements CanonicalJson {

    /**
     * @throws IllegalArgumentException if it is no Unicode text, or holds control characters
     */
    public Text {
      boolean bad = value.codePoints().anyMatch(c -> Character.isISOControl(c) || isSurrogate(c));
      if (bad) {
        throw new IllegalArgumentException("control characters in: " + value);
      }
    }

    private static boolean isSurrogate(int point) {
      return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    private String quoted() {
      return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
  }

  record Items(List<CanonicalJson> values) implements CanonicalJson {}

  record Members(SortedMap<String, CanonicalJson> values) implements CanonicalJson {}

  default byte[] bytes() {
    StringBuilder out = new StringBuilder();
    write(out);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void write(StringBuilder out) {
    switch (this) {
      case Text text -> out.append(text.quoted());
      case Items(List<CanonicalJson> values) -> {
        String separator = "[";
        for (CanonicalJson value : values) {
          out.append(separator);
          value.write(out);
          separator = ",";
        }
        out.append(values.isEmpty() ? "[]" : "]");
      }
      case Members(SortedMap<String, CanonicalJson> values) -> {
        String separator = "{";
        for (var member : values.entrySet()) {
          out.append(separator).append('"').append(member.getKey()).append("\":");
          member.getValue().write(out);
          separator = ",";
        }
        out.append(values.isEmpty() ? "{}" : "}");
      }
    }
  }

  /** Members from names and values in turn. */
  static CanonicalJson members(Object... namesAndValues) {
    TreeMap<String, CanonicalJson> members = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put((String) namesAndValues[i], (CanonicalJson) namesAndValues[i + 1]);
    }
    return new Members(members);
  }

  static CanonicalJson text(Object value) {
    return new Text(value.toString());
  }

  static <T> CanonicalJson items(List<T> values, Function<T, CanonicalJson> write) {
    return new Items(values.stream().map(write).toList());
  }
}
