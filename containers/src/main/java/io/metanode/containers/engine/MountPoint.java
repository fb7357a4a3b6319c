package io.metanode.containers.engine;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something mounted in a container.
 *
 * @param type {@code bind}, {@code volume} or {@code tmpfs}
 * @param name the volume's name; empty for the others
 * @param source the directory or file on the host; empty for a tmpfs
 * @param destination the absolute path in the container
 * @param mode what the client wrote after the destination, for example {@code ro,z}
 * @param writable whether the container may write
 * @param propagation {@code rprivate}, {@code rshared} and so on; empty for the default
 * @param options mount options of a tmpfs; of a bind mount empty, or {@code bind} without what is
 *     mounted below it, or {@code rbind} where being read-only ends at what is mounted below it
 * @param copies whether a new volume is filled with what the image has at the destination
 * @param anonymous whether the volume was made for this container alone
 */
public record MountPoint(
    String type,
    String name,
    String source,
    String destination,
    String mode,
    boolean writable,
    String propagation,
    List<String> options,
    boolean copies,
    boolean anonymous) {

  public MountPoint {
    options = List.copyOf(options);
  }

  /** A bind mount that is read-only by itself, but not with what is mounted below it. */
  MountPoint readOnlyByItself() {
    boolean plain = type.equals("bind") && !writable && options.isEmpty();
    return plain ? withOptions(List.of("rbind")) : this;
  }

  private MountPoint withOptions(List<String> options) {
    return new MountPoint(
        type, name, source, destination, mode, writable, propagation, options, copies, anonymous);
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", type);
    json.put("name", name);
    json.put("source", source);
    json.put("destination", destination);
    json.put("mode", mode);
    json.put("writable", writable);
    json.put("propagation", propagation);
    var list = json.putArray("options");
    options.forEach(list::add);
    json.put("copies", copies);
    json.put("anonymous", anonymous);
    return json;
  }

  static List<MountPoint> readAll(JsonNode array) {
    List<MountPoint> mounts = new ArrayList<>();
    for (JsonNode json : array) {
      List<String> options = new ArrayList<>();
      json.path("options").forEach(option -> options.add(option.asString()));
      mounts.add(
          new MountPoint(
              json.path("type").asString(),
              json.path("name").asString(),
              json.path("source").asString(),
              json.path("destination").asString(),
              json.path("mode").asString(),
              json.path("writable").asBoolean(false),
              json.path("propagation").asString(),
              options,
              json.path("copies").asBoolean(false),
              json.path("anonymous").asBoolean(false)));
    }
    return mounts;
  }
}
