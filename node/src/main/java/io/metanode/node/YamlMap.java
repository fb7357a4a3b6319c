package io.metanode.node;

import io.metanode.cli.CommandException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A YAML mapping read key by key, each error with its line. Keys that nobody read are an error, so
 * that a misspelt one is not silently ignored.
 */
final class YamlMap {

  private final String file;
  private final String path;
  private final Map<String, NodeTuple> unread = new LinkedHashMap<>();
  private final List<String> known = new ArrayList<>();
  private final List<YamlMap> children = new ArrayList<>();

  private YamlMap(String file, String path, List<NodeTuple> entries) {
    this.file = file;
    this.path = path;
    for (NodeTuple entry : entries) {
      String key = scalar(entry.getKeyNode(), "a key");
      if (unread.put(key, entry) != null) {
        throw error(entry.getKeyNode(), "the key " + path + key + " stands here a second time");
      }
    }
  }

  static YamlMap parse(String file, String text) {
    Optional<Node> root;
    try {
      root = new Compose(LoadSettings.builder().setLabel(file).build()).composeString(text);
    } catch (YamlEngineException e) {
      throw new CommandException(file + " is not YAML: " + e.getMessage());
    }
    if (root.isEmpty()) {
      return new YamlMap(file, "", List.of());
    }
    if (!(root.get() instanceof MappingNode mapping)) {
      throw new CommandException(file + ": expected keys and values");
    }
    return new YamlMap(file, "", mapping.getValue());
  }

  Optional<String> text(String key) {
    known.add(key);
    NodeTuple entry = unread.remove(key);
    if (entry == null) {
      return Optional.empty();
    }
    return Optional.of(scalar(entry.getValueNode(), path + key));
  }

  /** The text if it is one of some words. */
  Optional<String> word(String key, List<String> words) {
    NodeTuple entry = unread.get(key);
    Optional<String> text = text(key);
    if (entry != null && text.isPresent() && !words.contains(text.get())) {
      throw error(
          entry.getValueNode(),
          path + key + " is \"" + text.get() + "\"; it may be " + String.join(", ", words));
    }
    return text;
  }

  List<String> texts(String key) {
    known.add(key);
    NodeTuple entry = unread.remove(key);
    if (entry == null) {
      return List.of();
    }
    if (!(entry.getValueNode() instanceof SequenceNode sequence)) {
      throw error(entry.getValueNode(), path + key + " must be a list");
    }
    List<String> texts = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      texts.add(scalar(item, "an item of " + path + key));
    }
    return texts;
  }

  YamlMap map(String key) {
    known.add(key);
    NodeTuple entry = unread.remove(key);
    List<NodeTuple> entries = List.of();
    if (entry != null) {
      if (!(entry.getValueNode() instanceof MappingNode mapping)) {
        throw error(entry.getValueNode(), path + key + " must hold keys and values");
      }
      entries = mapping.getValue();
    }
    YamlMap child = new YamlMap(file, path + key + ".", entries);
    children.add(child);
    return child;
  }

  /** Fails on the first key that was never asked for, here or below. */
  void requireAllRead() {
    for (Map.Entry<String, NodeTuple> entry : unread.entrySet()) {
      throw error(
          entry.getValue().getKeyNode(),
          "unknown key " + path + entry.getKey() + "; known here: " + String.join(", ", known));
    }
    for (YamlMap child : children) {
      child.requireAllRead();
    }
  }

  private String scalar(Node node, String what) {
    if (!(node instanceof ScalarNode value)) {
      throw error(node, what + " must be a single value");
    }
    return value.getValue();
  }

  private CommandException error(Node node, String words) {
    int line = node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    return new CommandException(file + " line " + line + ": " + words);
  }
}
