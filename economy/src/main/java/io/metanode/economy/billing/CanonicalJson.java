package io.metanode.economy.billing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;

/**
 * JSON as RFC 8785 writes it, of sorted members, lists and strings without anything to escape.
 * Numbers are strings: no reader rounds them.
 */
sealed interface CanonicalJson {

  record Text(String value) implements CanonicalJson {

    /**
     * @throws IllegalArgumentException if it is not printable ASCII without quotes and backslashes
     */
    public Text {
      if (!value.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\')) {
        throw new IllegalArgumentException("needs escapes: " + value);
      }
    }
  }

  record Items(List<CanonicalJson> values) implements CanonicalJson {}

  record Members(SortedMap<String, CanonicalJson> values) implements CanonicalJson {}

  default byte[] bytes() {
    StringBuilder out = new StringBuilder();
    write(out);
    return out.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private void write(StringBuilder out) {
    switch (this) {
      case Text(String value) -> out.append('"').append(value).append('"');
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
}
