package io.metanode.policy;

import io.metanode.policy.Decision.Effect;
import java.util.List;
import java.util.Map;

/**
 * A rule; it applies where everything it names matches. What it does not name, it does not ask for.
 *
 * @param name its name in receipts
 * @param effect what it decides
 * @param operations any of these; empty for all
 * @param actors any of these; empty for all
 * @param attributes all of these; an attribute the request lacks does not match
 * @param reason words for who is refused
 */
record Rule(
    String name,
    Effect effect,
    List<Glob> operations,
    List<Glob> actors,
    Map<String, Glob> attributes,
    String reason) {

  Rule {
    operations = List.copyOf(operations);
    actors = List.copyOf(actors);
    attributes = Map.copyOf(attributes);
  }

  boolean matches(Request request) {
    return any(operations, request.operation())
        && any(actors, request.actor())
        && attributes.entrySet().stream().allMatch(wanted -> has(request, wanted));
  }

  private static boolean any(List<Glob> globs, String text) {
    return globs.isEmpty() || globs.stream().anyMatch(glob -> glob.matches(text));
  }

  private static boolean has(Request request, Map.Entry<String, Glob> wanted) {
    String value = request.attributes().get(wanted.getKey());
    return value != null && wanted.getValue().matches(value);
  }
}
