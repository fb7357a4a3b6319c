package io.metanode.containers.operation;

import io.metanode.receipts.Actor;
import java.util.Map;

/**
 * An operation before it runs.
 *
 * @param actor who asks
 * @param name {@code noun.verb}, for example {@code container.start}
 * @param attributes facts that policy rules may test
 * @param arguments the arguments in canonical form; the receipt holds their SHA-256
 */
public record Operation(
    Actor actor, String name, Map<String, String> attributes, byte[] arguments) {

  public Operation {
    attributes = Map.copyOf(attributes);
    arguments = arguments.clone();
  }

  @Override
  public byte[] arguments() {
    return arguments.clone();
  }
}
