package io.metanode.containers.engine;

import io.metanode.containers.operation.Done;
import io.metanode.containers.operation.Operation;
import io.metanode.receipts.Actor;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Subject;
import io.metanode.receipts.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Operations on containers as policies and receipts see them. */
final class Steps {

  /** The engine acting on its own. */
  static final Actor ENGINE = Actor.system("engine");

  private Steps() {}

  static ObjectNode arguments() {
    return JsonNodeFactory.instance.objectNode();
  }

  static Operation of(Actor actor, String name, Container container, JsonNode arguments) {
    return of(actor, name, container, Map.of(), arguments);
  }

  static Operation of(
      Actor actor,
      String name,
      Container container,
      Map<String, String> moreAttributes,
      JsonNode arguments) {
    Map<String, String> attributes = attributes(container.definition(), container.state().name());
    attributes.putAll(moreAttributes);
    return Operation.of(actor, name, attributes, CanonicalJson.bytes(arguments))
        .paidBy(container.definition().account());
  }

  /** The facts of a container that policies may test. */
  static Map<String, String> attributes(Definition definition, String name) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("container", definition.id());
    attributes.put("name", name);
    attributes.put("image", definition.config().image());
    attributes.put("imageId", definition.imageId().toString());
    attributes.put("privileged", Boolean.toString(definition.hostConfig().privileged()));
    attributes.put("user", definition.config().user());
    attributes.put("network", definition.hostConfig().networkMode());
    attributes.put("cgroupParent", definition.group().parent().map(path -> "/" + path).orElse(""));
    attributes.put("command", String.join(" ", command(definition)));
    definition
        .account()
        .ifPresent(
            account -> {
              attributes.put("tenant", account.tenant());
              attributes.put("app", account.app());
            });
    return attributes;
  }

  private static List<String> command(Definition definition) {
    List<String> words = new ArrayList<>(definition.config().entrypoint());
    words.addAll(definition.config().command());
    return words;
  }

  static List<Subject> subjects(Container container) {
    Definition definition = container.definition();
    List<Subject> subjects =
        new ArrayList<>(List.of(definition.subject(), definition.imageSubject()));
    subjects.addAll(definition.mountedImageSubjects());
    return subjects;
  }

  static Done<Container> done(Container container, Usage usage) {
    return ended(container, new Outcome.Done(), usage);
  }

  static Done<Container> ended(Container container, Outcome outcome, Usage usage) {
    return new Done<>(container, subjects(container), outcome, usage);
  }
}
