package io.metanode.containers.bundle;

import io.metanode.containers.engine.MountPoint;
import io.metanode.containers.http.ApiException;
import java.util.List;
import java.util.Set;

/** Reads {@code source:destination[:mode]}, an entry of {@code Binds}. */
final class BindSpec {

  private static final Set<String> PROPAGATIONS =
      Set.of("private", "rprivate", "shared", "rshared", "slave", "rslave");
  private static final Set<String> CONSISTENCIES = Set.of("consistent", "cached", "delegated");

  private BindSpec() {}

  /**
   * @throws ApiException 400 in Docker's words
   */
  static MountPoint parse(String spec) throws ApiException {
    String[] parts = spec.split(":", -1);
    if (spec.isEmpty() || spec.indexOf('\0') >= 0 || parts.length > 3) {
      throw invalid(spec);
    }
    if (parts.length == 1) {
      return new MountPoint(
          "volume", "", "", Paths.clean(parts[0]), "", true, "", List.of(), true, true);
    }
    String source = parts[0];
    String destination = Paths.clean(parts[1]);
    String mode = parts.length == 3 ? parts[2] : "";
    if (source.isEmpty() || destination.isEmpty() || !destination.startsWith("/")) {
      throw invalid(spec);
    }
    if (destination.equals("/")) {
      throw ApiException.badRequest(
          "invalid volume specification: '"
              + spec
              + "': invalid mount config for type \"bind\": invalid specification: destination"
              + " can't be '/'");
    }
    Mode read = mode(mode);
    boolean bind = source.startsWith("/");
    if (bind && read.saysOfCopies()) {
      throw conflict(spec, "bind", "VolumeOptions");
    }
    if (!bind && !read.propagation().isEmpty()) {
      throw conflict(spec, "volume", "BindOptions");
    }
    if (bind) {
      // Docker makes a missing source of this form; copies stands for that on binds.
      return new MountPoint(
          "bind",
          "",
          Paths.clean(source),
          destination,
          mode,
          read.writable(),
          read.propagation().isEmpty() ? "rprivate" : read.propagation(),
          List.of(),
          true,
          false);
    }
    return new MountPoint(
        "volume",
        source,
        "",
        destination,
        mode.isEmpty() ? "z" : mode,
        read.writable(),
        read.propagation(),
        List.of(),
        read.copies(),
        false);
  }

  static boolean isPropagation(String word) {
    return PROPAGATIONS.contains(word);
  }

  private static ApiException conflict(String spec, String type, String field) {
    return ApiException.badRequest(
        ("invalid volume specification: '%s': invalid mount config for type \"%s\": field %s must"
                + " not be specified")
            .formatted(spec, type, field));
  }

  /**
   * The mode of an entry of {@code VolumesFrom}, which says nothing of propagation and copies.
   *
   * @throws ApiException 400 in Docker's words
   */
  static boolean writableShared(String mode) throws ApiException {
    Mode read = mode(mode);
    if (!read.propagation().isEmpty() || read.saysOfCopies()) {
      throw ApiException.badRequest("invalid mode: " + mode);
    }
    return read.writable();
  }

  private record Mode(boolean writable, String propagation, boolean copies) {

    boolean saysOfCopies() {
      return !copies;
    }
  }

  private static Mode mode(String mode) throws ApiException {
    boolean writable = true;
    String propagation = "";
    boolean copies = true;
    List<String> words = mode.isEmpty() ? List.of() : List.of(mode.split(",", -1));
    if ((words.contains("ro") && words.contains("rw"))
        || words.stream().distinct().count() < words.size()) {
      throw ApiException.badRequest("invalid mode: " + mode);
    }
    for (String word : words) {
      switch (word) {
        case "ro" -> writable = false;
        case "rw", "z", "Z" -> {}
        case "nocopy" -> copies = false;
        default -> {
          if (PROPAGATIONS.contains(word)) {
            propagation = word;
          } else if (!CONSISTENCIES.contains(word)) {
            throw ApiException.badRequest("invalid mode: " + mode);
          }
        }
      }
    }
    return new Mode(writable, propagation, copies);
  }

  private static ApiException invalid(String spec) {
    return ApiException.badRequest("invalid volume specification: '" + spec + "'");
  }
}
