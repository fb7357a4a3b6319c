package io.metanode.containers.bundle;

import io.metanode.containers.config.MountRequest;
import io.metanode.containers.engine.MountPoint;
import io.metanode.containers.http.ApiException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads an entry of {@code HostConfig.Mounts}, in the order of Docker's checks. */
final class MountSpec {

  private MountSpec() {}

  /**
   * @return the mount; a volume's source and an image's id are still to be found
   * @throws ApiException 400 in Docker's words
   */
  static MountPoint parse(MountRequest request) throws ApiException {
    String target = Paths.clean(request.target());
    if (target.isEmpty()) {
      throw invalid(request, "field Target must not be empty");
    }
    if (target.equals("/")) {
      throw invalid(request, "invalid specification: destination can't be '/'");
    }
    if (!target.startsWith("/")) {
      throw invalid(
          request, "invalid mount path: '" + request.target() + "' mount path must be absolute");
    }
    if (!List.of("bind", "volume", "tmpfs", "image").contains(request.type())) {
      throw invalid(request, "mount type unknown");
    }
    if (request.type().equals("bind") && request.source().isEmpty()) {
      throw invalid(request, "field Source must not be empty");
    }
    for (String options : List.of("BindOptions", "VolumeOptions", "ImageOptions")) {
      boolean own = options.toLowerCase(Locale.ROOT).startsWith(request.type());
      boolean passedOver = request.type().equals("tmpfs") && options.equals("VolumeOptions");
      if (request.json().hasNonNull(options) && !own && !passedOver) {
        throw invalid(request, "field " + options + " must not be specified");
      }
    }
    return switch (request.type()) {
      case "bind" -> bind(request, target);
      case "volume" -> volume(request, target);
      case "image" -> image(request, target);
      default -> tmpfs(request, target);
    };
  }

  private static MountPoint volume(MountRequest request, String target) throws ApiException {
    boolean anonymous = request.source().isEmpty();
    String subpath = request.volumeSubpath();
    if (!subpath.isEmpty() && anonymous) {
      throw invalid(request, "must not set Subpath when using anonymous volumes");
    }
    if (request.readOnly() && anonymous) {
      throw invalid(request, "must not set ReadOnly mode when using anonymous volumes");
    }
    return new MountPoint(
            "volume",
            request.source(),
            "",
            target,
            "z",
            !request.readOnly(),
            "",
            List.of(),
            !request.noCopy(),
            anonymous)
        .withPart(part(request, subpath));
  }

  private static MountPoint image(MountRequest request, String target) throws ApiException {
    if (request.source().isEmpty()) {
      throw invalid(request, "field Source must not be empty");
    }
    String part = part(request, request.imageSubpath());
    return MountPoint.image(request.source(), Optional.empty(), target, part);
  }

  /** As Docker, one that leads out and back in is a part too. */
  private static String part(MountRequest request, String subpath) throws ApiException {
    if (subpath.isEmpty()) {
      return "";
    }
    if (subpath.startsWith("/")
        || subpath.indexOf('\0') >= 0
        || Path.of(subpath).normalize().startsWith("..")) {
      throw invalid(request, "subpath must be a relative path within the volume");
    }
    return subpath;
  }

  private static MountPoint bind(MountRequest request, String target) throws ApiException {
    if (!request.propagation().isEmpty() && !BindSpec.isPropagation(request.propagation())) {
      throw invalid(request, "invalid propagation mode: " + request.propagation());
    }
    if (!request.source().startsWith("/")) {
      throw invalid(
          request, "invalid mount path: '" + request.source() + "' mount path must be absolute");
    }
    if (!request.createsMountpoint() && !Files.exists(Path.of(request.source()))) {
      throw invalid(request, "bind source path does not exist: " + request.source());
    }
    return new MountPoint(
        "bind",
        "",
        Paths.clean(request.source()),
        target,
        "",
        !request.readOnly(),
        request.propagation().isEmpty() ? "rprivate" : request.propagation(),
        options(request),
        request.createsMountpoint(),
        false);
  }

  private static List<String> options(MountRequest request) throws ApiException {
    if (request.readOnlyByItself() && (!request.readOnly() || request.readOnlyWithAll())) {
      throw ApiException.badRequest(
          "mount options conflict: "
              + (request.readOnly() ? "" : "!ReadOnly && BindOptions.")
              + "ReadOnlyNonRecursive"
              + (request.readOnly() ? " && BindOptions.ReadOnlyForceRecursive" : ""));
    }
    if (request.readOnlyWithAll() && !request.readOnly()) {
      throw ApiException.badRequest(
          "mount options conflict: !ReadOnly && BindOptions.ReadOnlyForceRecursive");
    }
    if (request.readOnlyWithAll() && !RecursiveReadOnly.isKnownHere()) {
      throw ApiException.badRequest(
          "BindOptions.ReadOnlyForceRecursive needs Linux 5.12 or newer, here is "
              + System.getProperty("os.version"));
    }
    if (request.nonRecursive()) {
      return List.of("bind");
    }
    return request.readOnlyByItself() ? List.of("rbind") : List.of();
  }

  private static MountPoint tmpfs(MountRequest request, String target) throws ApiException {
    if (!request.source().isEmpty()) {
      throw invalid(request, "field Source must not be specified");
    }
    List<String> options = new ArrayList<>();
    if (request.tmpfsBytes() > 0) {
      options.add("size=" + request.tmpfsBytes());
    }
    if (request.tmpfsMode() > 0) {
      options.add("mode=" + Integer.toOctalString(request.tmpfsMode()));
    }
    if (request.readOnly()) {
      options.add("ro");
    }
    return new MountPoint(
        "tmpfs", "", "", target, "", !request.readOnly(), "", options, false, false);
  }

  private static ApiException invalid(MountRequest request, String why) {
    return ApiException.badRequest(
        "invalid mount config for type \"" + request.type() + "\": " + why);
  }
}
