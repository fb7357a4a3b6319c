package io.metanode.policy;

import java.util.Map;

/**
 * What is asked of the policy before an operation runs.
 *
 * @param actor who asks, as the receipt names it, for example {@code unix:root}
 * @param operation the operation's name, for example {@code container.exec}
 * @param attributes facts about the operation that rules may test, for example {@code image},
 *     {@code container}, {@code privileged}
 */
public record Request(String actor, String operation, Map<String, String> attributes) {

  public Request {
    attributes = Map.copyOf(attributes);
  }
}
