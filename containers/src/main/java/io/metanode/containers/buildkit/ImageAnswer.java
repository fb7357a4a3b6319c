package io.metanode.containers.buildkit;

import io.metanode.containers.http.Json;
import io.metanode.containers.image.ImageManifests;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.blob.Sha256;
import io.metanode.foundation.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** What a client is told of the image that was built, in BuildKit's words; empty without one. */
final class ImageAnswer {

  private final Map<String, String> attributes = new TreeMap<>();

  Map<String, String> attributes() {
    return Map.copyOf(attributes);
  }

  /** It is in this engine's store, which knows images by their configuration. */
  void stored(Digest image, List<ImageReference> names) {
    attributes.remove("containerimage.descriptor");
    attributes.put("containerimage.digest", image.toString());
    attributes.put("containerimage.config.digest", image.toString());
    names(names);
  }

  /**
   * It was sent as an archive.
   *
   * @param annotations of the manifest's descriptor
   */
  void image(
      Digest image, byte[] manifest, Map<String, String> annotations, List<ImageReference> names) {
    String digest = Sha256.of(manifest).toString();
    ObjectNode descriptor = Json.MAPPER.createObjectNode();
    descriptor.put("mediaType", ImageManifests.mediaType(manifest));
    descriptor.put("digest", digest);
    descriptor.put("size", manifest.length);
    if (!annotations.isEmpty()) {
      new TreeMap<>(annotations).forEach(descriptor.putObject("annotations")::put);
    }
    attributes.put("containerimage.digest", digest);
    attributes.put("containerimage.config.digest", image.toString());
    attributes.put(
        "containerimage.descriptor",
        Base64.getEncoder().encodeToString(descriptor.toString().getBytes(StandardCharsets.UTF_8)));
    names(names);
  }

  private void names(List<ImageReference> names) {
    if (!names.isEmpty()) {
      attributes.put(
          "image.name", String.join(",", names.stream().map(ImageReference::toString).toList()));
    }
  }
}
