package io.metanode.containers.buildkit;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.registry.Platform;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client wants an image's manifest to say, in attributes of an output that BuildKit calls
 * {@code annotation[-KIND][[PLATFORM]].KEY}: of the manifest where no kind is given. One for a
 * platform goes before one for all.
 *
 * @param manifest by their keys
 * @param descriptor of what names the manifest
 */
record Annotations(Map<String, String> manifest, Map<String, String> descriptor) {

  static final Annotations NONE = new Annotations(Map.of(), Map.of());

  private static final Pattern KEY =
      Pattern.compile("annotation(?:-([a-z-]+))?(?:\\[([A-Za-z0-9_/-]+)])?\\.(\\S+)");

  Annotations {
    manifest = Map.copyOf(manifest);
    descriptor = Map.copyOf(descriptor);
  }

  /**
   * Reads them.
   *
   * @param attributes of an output, others too
   * @param platform of the image
   * @throws ApiException naming one that cannot be met
   */
  static Annotations of(Map<String, String> attributes, Platform platform) throws ApiException {
    Map<String, String> manifest = new TreeMap<>();
    Map<String, String> descriptor = new TreeMap<>();
    for (boolean own : List.of(false, true)) {
      for (Map.Entry<String, String> attribute : attributes.entrySet()) {
        if (!attribute.getKey().startsWith("annotation")) {
          continue;
        }
        Matcher key = KEY.matcher(attribute.getKey());
        if (!key.matches()) {
          throw ApiException.badRequest("invalid annotation \"" + attribute.getKey() + "\"");
        }
        if ((key.group(2) != null) != own) {
          continue;
        }
        if (own) {
          check(key.group(2), platform);
        }
        switch (key.group(1) == null ? "manifest" : key.group(1)) {
          case "manifest" -> manifest.put(key.group(3), attribute.getValue());
          case "manifest-descriptor" -> descriptor.put(key.group(3), attribute.getValue());
          case "index", "index-descriptor" ->
              throw ApiException.badRequest(
                  "index annotations not supported for single platform export");
          default -> throw ApiException.badRequest("unrecognized annotation type " + key.group(1));
        }
      }
    }
    return new Annotations(manifest, descriptor);
  }

  private static void check(String text, Platform platform) throws ApiException {
    boolean built =
        Platform.parse(text, platform)
            .filter(one -> one.os().equals(platform.os()))
            .filter(one -> one.architecture().equals(platform.architecture()))
            .isPresent();
    if (!built) {
      throw ApiException.badRequest("invalid annotation: no platform " + text + " found in source");
    }
  }

  /** Those of the manifests that names in this engine stand for. */
  Map<String, String> ofNames(List<ImageReference> names) throws ApiException {
    if (!descriptor.isEmpty()) {
      throw new ApiException(
          501,
          "annotations of a manifest's descriptor are not supported where no index names the"
              + " manifest: leave manifest-descriptor: out, or send an archive, --output type=oci");
    }
    if (!manifest.isEmpty() && names.isEmpty()) {
      throw new ApiException(
          501, "annotations belong to a name of the image here: give it one with --tag");
    }
    return manifest;
  }
}
