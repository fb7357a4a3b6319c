package io.metanode.containers.engine;

import io.metanode.containers.config.ContainerConfig;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Fills what a client left open in a container's configuration from its image. */
final class ImageDefaults {

  private ImageDefaults() {}

  /**
   * @param asked as {@link io.metanode.containers.config.Shapes#CONFIG} reads it; changed in place
   * @throws ApiException 400 if neither names a command
   */
  static ContainerConfig merge(ObjectNode asked, ImageConfig image) throws ApiException {
    ContainerConfig config = new ContainerConfig(asked);
    mergeCommand(asked, config, image);
    if (config.user().isEmpty()) {
      asked.put("User", image.user());
    }
    String directory =
        config.workingDirectory().isEmpty() ? image.workingDirectory() : config.workingDirectory();
    asked.put("WorkingDir", directory.isEmpty() ? "" : Path.of(directory).normalize().toString());
    asked.set("Env", array(environment(image.environment(), config.environment())));
    mergeKeys(asked, "ExposedPorts", image.exposedPorts(), config.exposedSpecifications());
    if (asked.path("ExposedPorts").isNull()) {
      asked.remove("ExposedPorts");
    }
    mergeKeys(asked, "Volumes", image.volumes(), config.volumes());
    TreeMap<String, String> labels = new TreeMap<>(image.labels());
    labels.putAll(config.labels());
    ObjectNode labelNode = JsonNodeFactory.instance.objectNode();
    labels.forEach(labelNode::put);
    asked.set("Labels", labelNode);
    if (config.stopSignal().isEmpty() && !image.stopSignal().isEmpty()) {
      asked.put("StopSignal", image.stopSignal());
    }
    if (!asked.hasNonNull("Shell") && !image.shell().isEmpty()) {
      asked.set("Shell", array(image.shell()));
    }
    mergeHealth(asked, image);
    return new ContainerConfig(asked);
  }

  private static void mergeCommand(ObjectNode asked, ContainerConfig config, ImageConfig image)
      throws ApiException {
    if (config.entrypoint().isEmpty()) {
      if (config.command().isEmpty()) {
        asked.set("Cmd", image.command().isEmpty() ? null : array(image.command()));
      }
      if (!asked.hasNonNull("Entrypoint") && !image.entrypoint().isEmpty()) {
        asked.set("Entrypoint", array(image.entrypoint()));
      }
    }
    ContainerConfig merged = new ContainerConfig(asked);
    if (merged.entrypoint().equals(List.of(""))) {
      asked.putNull("Entrypoint");
    }
    if (merged.entrypoint().isEmpty() && merged.command().isEmpty()) {
      throw ApiException.badRequest("no command specified");
    }
  }

  /** The client's variables win over the image's of the same name; the image's order stays. */
  static List<String> environment(List<String> base, List<String> over) {
    Map<String, String> byName = new LinkedHashMap<>();
    for (String variable : base) {
      byName.put(name(variable), variable);
    }
    List<String> merged = new ArrayList<>();
    Map<String, String> added = new LinkedHashMap<>();
    for (String variable : over) {
      if (byName.containsKey(name(variable))) {
        byName.put(name(variable), variable);
      } else {
        added.put(name(variable), variable);
      }
    }
    merged.addAll(added.values());
    merged.addAll(byName.values());
    return merged;
  }

  private static String name(String variable) {
    int equals = variable.indexOf('=');
    return equals < 0 ? variable : variable.substring(0, equals);
  }

  private static void mergeKeys(
      ObjectNode asked, String field, Collection<String> image, Collection<String> own) {
    TreeSet<String> keys = new TreeSet<>(own);
    for (String key : image) {
      keys.add(field.equals("ExposedPorts") && !key.contains("/") ? key + "/tcp" : key);
    }
    if (keys.isEmpty() && asked.path(field).isObject()) {
      asked.putNull(field);
    } else if (!keys.isEmpty()) {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      keys.forEach(key -> node.set(key, JsonNodeFactory.instance.objectNode()));
      asked.set(field, node);
    }
  }

  private static void mergeHealth(ObjectNode asked, ImageConfig image) {
    if (image.healthCheck().isEmpty()) {
      return;
    }
    ImageConfig.HealthCheck check = image.healthCheck().get();
    ObjectNode health =
        asked.hasNonNull("Healthcheck")
            ? (ObjectNode) asked.get("Healthcheck")
            : asked.putObject("Healthcheck");
    if (health.path("Test").isEmpty()) {
      health.set("Test", array(check.test()));
    }
    putIfZero(health, "Interval", check.intervalNanos());
    putIfZero(health, "Timeout", check.timeoutNanos());
    putIfZero(health, "StartPeriod", check.startPeriodNanos());
    putIfZero(health, "StartInterval", check.startIntervalNanos());
    putIfZero(health, "Retries", check.retries());
  }

  private static void putIfZero(ObjectNode health, String field, long value) {
    if (health.path(field).asLong(0) == 0 && value != 0) {
      health.put(field, value);
    }
  }

  private static ArrayNode array(Collection<String> texts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    texts.forEach(array::add);
    return array;
  }
}
