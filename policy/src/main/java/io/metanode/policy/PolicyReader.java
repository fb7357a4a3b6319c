package io.metanode.policy;

import io.metanode.foundation.Digest;
import io.metanode.policy.Decision.Effect;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads policy documents strictly: what is unknown, missing or twice is named with its line. */
final class PolicyReader {

  private static final int MOST = 1 << 20;
  private static final Set<String> DOCUMENT = Set.of("version", "default", "reason", "rules");
  private static final Set<String> RULE =
      Set.of(
          "name",
          "effect",
          "operations",
          "actors",
          "attributes",
          "atLeast",
          "delaySeconds",
          "reason");
  private static final int LONGEST_DELAY = 60;

  private PolicyReader() {}

  static PolicyDocument read(String yaml, Digest digest) throws PolicyFormatException {
    Map<String, Node> document = members(root(yaml), DOCUMENT);
    Node version = need(document, "version", 1);
    if (!text(version).equals("1")) {
      throw wrong(version, "version must be 1");
    }
    Effect effect = effect(need(document, "default", 1));
    if (effect == Effect.THROTTLE) {
      throw wrong(need(document, "default", 1), "the default is allow or deny");
    }
    String reason = optionalText(document, "reason");
    List<Rule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Node node : list(document, "rules")) {
      Rule rule = rule(node);
      if (rule.name().equals("default") || !names.add(rule.name())) {
        throw wrong(node, "the name " + rule.name() + " is taken");
      }
      rules.add(rule);
    }
    return new PolicyDocument(digest, effect, reason, rules);
  }

  private static Node root(String yaml) throws PolicyFormatException {
    try {
      LoadSettings settings = LoadSettings.builder().setCodePointLimit(MOST).build();
      Optional<Node> root = new Compose(settings).composeString(yaml);
      return root.orElseThrow(() -> new PolicyFormatException(1, "the document is empty"));
    } catch (MarkedYamlEngineException e) {
      throw new PolicyFormatException(
          line(e.getProblemMark()), "not YAML: " + String.valueOf(e.getProblem()));
    } catch (YamlEngineException e) {
      throw new PolicyFormatException(1, "not YAML: " + e.getMessage());
    }
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(Mark::getLine).orElse(0) + 1;
  }

  private static PolicyFormatException wrong(Node node, String problem) {
    return new PolicyFormatException(line(node.getStartMark()), problem);
  }

  private static Rule rule(Node node) throws PolicyFormatException {
    Map<String, Node> members = members(node, RULE);
    int line = line(node.getStartMark());
    String name = text(need(members, "name", line));
    if (name.isBlank()) {
      throw wrong(node, "name must not be empty");
    }
    Map<String, Glob> attributes = new HashMap<>();
    if (members.containsKey("attributes")) {
      for (var attribute : members(members.get("attributes"), Set.of()).entrySet()) {
        attributes.put(attribute.getKey(), new Glob(text(attribute.getValue())));
      }
    }
    Effect effect = effect(need(members, "effect", line));
    return new Rule(
        name,
        effect,
        globs(members, "operations"),
        globs(members, "actors"),
        attributes,
        atLeast(members),
        optionalText(members, "reason"),
        delay(members, effect, line));
  }

  private static Map<String, BigDecimal> atLeast(Map<String, Node> members)
      throws PolicyFormatException {
    Map<String, BigDecimal> bounds = new HashMap<>();
    if (members.containsKey("atLeast")) {
      for (var bound : members(members.get("atLeast"), Set.of()).entrySet()) {
        String text = text(bound.getValue());
        if (!Rule.NUMBER.matcher(text).matches()) {
          throw wrong(bound.getValue(), "expected a number such as 12.5, not " + text);
        }
        bounds.put(bound.getKey(), new BigDecimal(text));
      }
    }
    return bounds;
  }

  private static Duration delay(Map<String, Node> members, Effect effect, int line)
      throws PolicyFormatException {
    if (effect != Effect.THROTTLE) {
      if (members.containsKey("delaySeconds")) {
        throw wrong(
            members.get("delaySeconds"), "delaySeconds goes with the effect throttle alone");
      }
      return Duration.ZERO;
    }
    Node node = need(members, "delaySeconds", line);
    String text = text(node);
    if (!text.matches("[0-9]{1,2}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > LONGEST_DELAY) {
      throw wrong(node, "delaySeconds is from 1 to " + LONGEST_DELAY + ", not " + text);
    }
    return Duration.ofSeconds(Integer.parseInt(text));
  }

  private static Effect effect(Node node) throws PolicyFormatException {
    return switch (text(node)) {
      case "allow" -> Effect.ALLOW;
      case "deny" -> Effect.DENY;
      case "throttle" -> Effect.THROTTLE;
      default -> throw wrong(node, "expected allow, deny or throttle, not " + text(node));
    };
  }

  private static List<Glob> globs(Map<String, Node> members, String name)
      throws PolicyFormatException {
    List<Glob> globs = new ArrayList<>();
    for (Node node : list(members, name)) {
      globs.add(new Glob(text(node)));
    }
    if (members.containsKey(name) && globs.isEmpty()) {
      throw wrong(members.get(name), name + " must not be empty: leave it out to match all");
    }
    return globs;
  }

  private static List<Node> list(Map<String, Node> members, String name)
      throws PolicyFormatException {
    Node node = members.get(name);
    if (node == null) {
      return List.of();
    }
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    throw wrong(node, name + " must be a list");
  }

  private static Node need(Map<String, Node> members, String name, int line)
      throws PolicyFormatException {
    Node node = members.get(name);
    if (node == null) {
      throw new PolicyFormatException(line, name + " is missing");
    }
    return node;
  }

  private static String optionalText(Map<String, Node> members, String name)
      throws PolicyFormatException {
    Node node = members.get(name);
    return node == null ? "" : text(node);
  }

  private static String text(Node node) throws PolicyFormatException {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw wrong(node, "expected a text");
  }

  /** The members of a mapping; {@code known} empty allows any name. */
  private static Map<String, Node> members(Node node, Set<String> known)
      throws PolicyFormatException {
    if (!(node instanceof MappingNode mapping)) {
      throw wrong(node, "expected a mapping");
    }
    Map<String, Node> members = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String name = text(tuple.getKeyNode());
      if (!known.isEmpty() && !known.contains(name)) {
        throw wrong(
            tuple.getKeyNode(),
            "unknown key "
                + name
                + "; known are "
                + String.join(", ", known.stream().sorted().toList()));
      }
      if (members.put(name, tuple.getValueNode()) != null) {
        throw wrong(tuple.getKeyNode(), name + " stands there twice");
      }
    }
    return members;
  }
}
