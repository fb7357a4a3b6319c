package io.metanode.containers.buildkit;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.registry.Platform;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One output that a client asked for.
 *
 * @param number among its outputs, from 0, by which it knows where this one goes
 * @param type {@code local}, {@code tar}, {@code oci} or {@code docker}
 * @param names what an image in it is called
 * @param annotations of the image in it
 * @param time of all files; empty where each keeps its own
 */
record Export(
    int number,
    String type,
    List<ImageReference> names,
    Annotations annotations,
    Optional<Instant> time) {

  private static final String TIME = "source-date-epoch";

  Export {
    names = List.copyOf(names);
  }

  static Export of(
      int number,
      String type,
      List<ImageReference> names,
      Map<String, String> attributes,
      Platform platform)
      throws ApiException {
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      check(type, attribute.getKey(), attribute.getValue());
    }
    Annotations annotations =
        isImage(type) ? Annotations.of(attributes, platform) : Annotations.NONE;
    return new Export(number, type, names, annotations, time(attributes.getOrDefault(TIME, "")));
  }

  private static Optional<Instant> time(String text) throws ApiException {
    try {
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
    } catch (NumberFormatException | DateTimeException e) {
      throw ApiException.badRequest("invalid " + TIME + ": " + text);
    }
  }

  private static void check(String type, String name, String value) throws ApiException {
    switch (name) {
      case "mode" -> {
        if (!value.isEmpty() && !value.equals("copy")) {
          throw unsupported(name, value, "remove what the directory holds yourself");
        }
      }
      case "tar" -> {
        if (!value.isEmpty() && !isTrue(name, value)) {
          throw unsupported(name, value, "take the archive apart: tar -xf FILE -C DIRECTORY");
        }
      }
      default -> {
        if (isImage(type)) {
          Exports.checkImage(name, value);
        }
      }
    }
  }

  /** What is sent as files has no manifest, so that nothing about one concerns it. */
  private static boolean isImage(String type) {
    return type.equals("oci") || type.equals("docker");
  }

  static ApiException unsupported(String name, String value, String instead) {
    return new ApiException(
        501,
        "the output option " + name + "=" + value + " is not supported by this engine: " + instead);
  }

  /** As clients write it. */
  static boolean isTrue(String name, String value) throws ApiException {
    return switch (value) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default -> throw ApiException.badRequest("non-bool value for " + name + ": " + value);
    };
  }

  /** How the progress calls it. */
  String title() {
    return switch (type) {
      case "local" -> "exporting to client directory";
      case "tar" -> "exporting to client tarball";
      default -> "exporting to " + type + " image format";
    };
  }
}
