package io.metanode.economy.billing;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The first place at which a document differs from what it should be, in the order of names.
 *
 * @param where a JSON pointer (RFC 6901)
 */
public record Difference(String where, String expected, String found) {

  /** Empty if the values are the same. */
  static Optional<Difference> between(JsonNode expected, JsonNode found) {
    return between("", expected, found);
  }

  private static Optional<Difference> between(String where, JsonNode expected, JsonNode found) {
    if (!expected.isContainer() || expected.getNodeType() != found.getNodeType()) {
      return expected.equals(found)
          ? Optional.empty()
          : Optional.of(new Difference(where, words(expected), words(found)));
    }
    for (String name : names(expected, found)) {
      JsonNode left =
          expected.isArray() ? expected.path(Integer.parseInt(name)) : expected.path(name);
      JsonNode right = found.isArray() ? found.path(Integer.parseInt(name)) : found.path(name);
      if (!left.equals(right)) {
        return between(where + "/" + name, left, right);
      }
    }
    return Optional.empty();
  }

  private static List<String> names(JsonNode expected, JsonNode found) {
    if (expected.isArray()) {
      return IntStream.range(0, Math.max(expected.size(), found.size()))
          .mapToObj(Integer::toString)
          .toList();
    }
    return Stream.concat(expected.propertyNames().stream(), found.propertyNames().stream())
        .distinct()
        .sorted()
        .toList();
  }

  private static String words(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.isString() ? node.asString() : node.toString();
  }
}
