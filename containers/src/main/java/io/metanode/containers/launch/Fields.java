package io.metanode.containers.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Strict reading: what is not known is outside the launcher. */
final class Fields {

  private Fields() {}

  /** An object with no members but these. */
  static JsonNode object(JsonNode node, String what, String... known)
      throws OutsideLauncherException {
    Set<String> names = Set.of(known);
    if (!node.isObject()) {
      throw new OutsideLauncherException(what + " is no object");
    }
    for (String name : node.propertyNames()) {
      if (!names.contains(name)) {
        throw new OutsideLauncherException(what + "." + name);
      }
    }
    return node;
  }

  static List<String> texts(JsonNode array) throws OutsideLauncherException {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : array) {
      texts.add(text(text));
    }
    return texts;
  }

  static String text(JsonNode node) throws OutsideLauncherException {
    if (!node.isString()) {
      throw new OutsideLauncherException("no text: " + node);
    }
    return node.stringValue();
  }

  /** An absolute path without detours, other than the root. */
  static String path(JsonNode node) throws OutsideLauncherException {
    return path(text(node));
  }

  static String path(String text) throws OutsideLauncherException {
    if (!text.startsWith("/") || text.indexOf(0) >= 0) {
      throw new OutsideLauncherException("no absolute path: " + text);
    }
    if (text.equals("/") || !Path.of(text).normalize().toString().equals(text)) {
      throw new OutsideLauncherException("a path with detours: " + text);
    }
    return text;
  }

  static boolean within(String path, String directory) {
    return path.equals(directory) || path.startsWith(directory + "/");
  }
}
