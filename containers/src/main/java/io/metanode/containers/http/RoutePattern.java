package io.metanode.containers.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A route's pattern in segments: literals, {@code {name}} for one segment, and at most one {@code
 * {name...}} for one or more.
 */
record RoutePattern(List<String> parts) {

  static RoutePattern parse(String pattern) {
    List<String> parts = segments(pattern);
    if (parts.isEmpty() || isPlaceholder(parts.getFirst())) {
      throw new IllegalArgumentException("a pattern begins with a literal: " + pattern);
    }
    if (parts.stream().filter(RoutePattern::isGreedy).count() > 1) {
      throw new IllegalArgumentException("more than one {name...}: " + pattern);
    }
    return new RoutePattern(parts);
  }

  /** The path's segments; a leading slash makes none. */
  static List<String> segments(String path) {
    return path.length() < 2 ? List.of() : List.of(path.substring(1).split("/", -1));
  }

  String firstSegment() {
    return parts.getFirst();
  }

  int literals() {
    return (int) parts.stream().filter(part -> !isPlaceholder(part)).count();
  }

  /** The placeholders' values if the pattern matches. */
  Optional<Map<String, String>> match(List<String> segments) {
    int extra = segments.size() - parts.size();
    boolean greedy = parts.stream().anyMatch(RoutePattern::isGreedy);
    if (extra < 0 || (extra > 0 && !greedy)) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    int at = 0;
    for (String part : parts) {
      int width = isGreedy(part) ? 1 + extra : 1;
      String text = String.join("/", segments.subList(at, at + width));
      if (!isPlaceholder(part)) {
        if (!part.equals(text)) {
          return Optional.empty();
        }
      } else if (text.isEmpty()) {
        return Optional.empty();
      } else {
        values.put(name(part), text);
      }
      at += width;
    }
    return Optional.of(values);
  }

  private static boolean isPlaceholder(String part) {
    return part.startsWith("{");
  }

  private static boolean isGreedy(String part) {
    return part.endsWith("...}");
  }

  private static String name(String part) {
    return part.substring(1, part.length() - (isGreedy(part) ? 4 : 1));
  }
}
