package io.metanode.policy;

import io.metanode.policy.Decision.Effect;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A rule; it applies where everything it names matches. What it does not name, it does not ask for.
 *
 * @param name its name in receipts
 * @param effect what it decides
 * @param operations any of these; empty for all
 * @param actors any of these; empty for all
 * @param attributes all of these; an attribute the request lacks does not match
 * @param atLeast all of these attributes are numbers, and at least so much
 * @param reason words for who is refused
 * @param delay how long it slows an operation down; zero unless that is its effect
 */
record Rule(
    String name,
    Effect effect,
    List<Glob> operations,
    List<Glob> actors,
    Map<String, Glob> attributes,
    Map<String, BigDecimal> atLeast,
    String reason,
    Duration delay) {

  /** What is compared as a number: no exponents, which can stand for a number of any length. */
  static final Pattern NUMBER = Pattern.compile("[0-9]{1,30}(\\.[0-9]{1,30})?");

  Rule {
    operations = List.copyOf(operations);
    actors = List.copyOf(actors);
    attributes = Map.copyOf(attributes);
    atLeast = Map.copyOf(atLeast);
  }

  /** Whether it looks at an attribute. */
  boolean asksFor(String attribute) {
    return attributes.containsKey(attribute) || atLeast.containsKey(attribute);
  }

  boolean matches(Request request) {
    return any(operations, request.operation())
        && any(actors, request.actor())
        && attributes.entrySet().stream().allMatch(wanted -> has(request, wanted))
        && atLeast.entrySet().stream().allMatch(wanted -> reaches(request, wanted));
  }

  private static boolean any(List<Glob> globs, String text) {
    return globs.isEmpty() || globs.stream().anyMatch(glob -> glob.matches(text));
  }

  private static boolean has(Request request, Map.Entry<String, Glob> wanted) {
    String value = request.attributes().get(wanted.getKey());
    return value != null && wanted.getValue().matches(value);
  }

  private static boolean reaches(Request request, Map.Entry<String, BigDecimal> wanted) {
    String value = request.attributes().get(wanted.getKey());
    return value != null
        && NUMBER.matcher(value).matches()
        && new BigDecimal(value).compareTo(wanted.getValue()) >= 0;
  }
}
