package io.metanode.containers.engine;

import io.metanode.foundation.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something mounted in a container.
 *
 * @param type {@code bind}, {@code volume}, {@code tmpfs} or {@code image}
 * @param name the volume's name, or the image's as the client wrote it; empty for the others
 * @param source the directory or file on the host; empty for a tmpfs
 * @param destination the absolute path in the container
 * @param mode what the client wrote after the destination, for example {@code ro,z}
 * @param writable whether the container may write
 * @param propagation {@code rprivate}, {@code rshared} and so on; empty for the default
 * @param options mount options of a tmpfs; of a bind mount empty, or {@code bind} without what is
 *     mounted below it, or {@code rbind} where being read-only ends at what is mounted below it
 * @param copies whether a new volume is filled with what the image has at the destination
 * @param anonymous whether the volume was made for this container alone
 * @param part what of a volume or an image is mounted, relative to it; empty for all
 * @param image the id of the image whose files are mounted
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
    boolean anonymous,
    String part,
    Optional<Digest> image) {

  public MountPoint {
    options = List.copyOf(options);
  }

  /** One that is no image's, with all of its source. */
  public MountPoint(
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
    this(
        type,
        name,
        source,
        destination,
        mode,
        writable,
        propagation,
        options,
        copies,
        anonymous,
        "",
        Optional.empty());
  }

  /** The files of an image, read-only. */
  public static MountPoint image(
      String name, Optional<Digest> image, String destination, String part) {
    return new MountPoint(
        "image",
        name,
        "",
        destination,
        "",
        false,
        "rprivate",
        List.of(),
        false,
        false,
        part,
        image);
  }

  /** The same with a part of its source alone. */
  public MountPoint withPart(String part) {
    return with(name, source, writable, options, copies, part);
  }

  /** The same from somewhere else on the host. */
  MountPoint withSource(String source) {
    return with(name, source, writable, options, copies, part);
  }

  /**
   * The same of a volume.
   *
   * @param source where its files lie
   */
  public MountPoint ofVolume(String volume, String source) {
    return with(volume, source, writable, options, copies, part);
  }

  /**
   * The same for another container.
   *
   * @param readOnly whether that one may not write
   * @param filled whether its volume has been filled already
   */
  public MountPoint shared(boolean readOnly, boolean filled) {
    return with(name, source, writable && !readOnly, options, copies && !filled, part);
  }

  /** Whether it is the volume of a name. */
  public boolean isVolume(String volume) {
    return type.equals("volume") && name.equals(volume);
  }

  /** A bind mount that is read-only by itself, but not with what is mounted below it. */
  MountPoint readOnlyByItself() {
    boolean plain = type.equals("bind") && !writable && options.isEmpty();
    return plain ? with(name, source, writable, List.of("rbind"), copies, part) : this;
  }

  private MountPoint with(
      String name,
      String source,
      boolean writable,
      List<String> options,
      boolean copies,
      String part) {
    return new MountPoint(
        type,
        name,
        source,
        destination,
        mode,
        writable,
        propagation,
        options,
        copies,
        anonymous,
        part,
        image);
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
    if (!part.isEmpty()) {
      json.put("part", part);
    }
    image.ifPresent(id -> json.put("image", id.toString()));
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
              json.path("anonymous").asBoolean(false),
              json.path("part").asString(""),
              Digest.parse(json.path("image").asString(""))));
    }
    return mounts;
  }
}
