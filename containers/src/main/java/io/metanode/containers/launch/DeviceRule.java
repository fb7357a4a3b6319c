package io.metanode.containers.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * A kind of device that may be used.
 *
 * @param type {@code b} or {@code c}
 * @param major any if empty; so {@code minor}
 * @param access of {@code r}, {@code w} and {@code m}
 */
record DeviceRule(char type, OptionalLong major, OptionalLong minor, String access) {

  private static final OptionalLong ANY = OptionalLong.empty();

  /** What runc allows every container beyond its configuration. */
  private static final List<DeviceRule> ALWAYS =
      List.of(
          new DeviceRule('c', ANY, ANY, "m"),
          new DeviceRule('b', ANY, ANY, "m"),
          one(1, 3),
          one(1, 8),
          one(1, 7),
          one(5, 0),
          one(1, 5),
          one(1, 9),
          new DeviceRule('c', OptionalLong.of(136), ANY, "rwm"),
          one(5, 2),
          one(10, 200));

  private static DeviceRule one(long major, long minor) {
    return new DeviceRule('c', OptionalLong.of(major), OptionalLong.of(minor), "rwm");
  }

  /** All that may be used; the configuration first denies everything and then allows some. */
  static List<DeviceRule> read(JsonNode rules) throws OutsideLauncherException {
    List<DeviceRule> allowed = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      JsonNode rule = rules.path(i);
      Fields.object(rule, "devices", "allow", "type", "major", "minor", "access");
      if (i == 0) {
        if (rule.path("allow").asBoolean(true) || rule.has("type") || rule.has("major")) {
          throw new OutsideLauncherException("devices that are not denied first");
        }
      } else {
        allowed.add(allowed(rule));
      }
    }
    if (rules.isEmpty()) {
      throw new OutsideLauncherException("no device rules");
    }
    allowed.addAll(ALWAYS);
    return allowed;
  }

  private static DeviceRule allowed(JsonNode rule) throws OutsideLauncherException {
    String type = Fields.text(rule.path("type"));
    String access = Fields.text(rule.path("access"));
    if (!rule.path("allow").asBoolean(false)
        || !List.of("b", "c").contains(type)
        || !access.matches("[rwm]{1,3}")) {
      throw new OutsideLauncherException("the device rule " + rule);
    }
    return new DeviceRule(
        type.charAt(0), number(rule.path("major")), number(rule.path("minor")), access);
  }

  private static OptionalLong number(JsonNode node) {
    return node.isMissingNode() ? ANY : OptionalLong.of(node.asLong());
  }

  /** As version 1 writes it: {@code c 1:3 rwm}. */
  String text() {
    return type + " " + text(major) + ":" + text(minor) + " " + access;
  }

  private static String text(OptionalLong number) {
    return number.isPresent() ? Long.toString(number.getAsLong()) : "*";
  }
}
