package io.metanode.containers.image.archive;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.JsonFields;
import io.metanode.containers.image.archive.ArchivedImage.ArchivedLayer;
import io.metanode.containers.image.blob.StagedBlob;
import io.metanode.containers.image.layer.ArchiveException;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The OCI image layout (image-spec, image-layout.md): {@code index.json} names manifests; an index
 * among them stands for the one image of it that runs on this platform.
 */
final class OciLayout {

  static final String INDEX = "index.json";

  private static final int MOST_DEPTH = 4;
  private static final String CONTAINERD_NAME = "io.containerd.image.name";
  private static final String REF_NAME = "org.opencontainers.image.ref.name";

  private final StagedArchive archive;
  private final String architecture;

  private OciLayout(StagedArchive archive, String architecture) {
    this.archive = archive;
    this.architecture = architecture;
  }

  /**
   * @param architecture which image of an index to take, for example {@code amd64}
   */
  static List<ArchivedImage> images(StagedArchive archive, String architecture) throws IOException {
    OciLayout layout = new OciLayout(archive, architecture);
    List<ArchivedImage> images = new ArrayList<>();
    for (JsonNode descriptor : descriptors(archive.require(INDEX))) {
      if (!isAttestation(descriptor)) {
        List<ImageReference> names = names(descriptor);
        layout.resolve(descriptor, 0).ifPresent(image -> images.add(image.named(names)));
      }
    }
    return images;
  }

  private static Iterable<JsonNode> descriptors(StagedBlob index) throws IOException {
    JsonNode manifests = StagedArchive.json(index).path("manifests");
    if (!manifests.isArray()) {
      throw new ArchiveException("invalid archive: an index without manifests");
    }
    return manifests;
  }

  private Optional<ArchivedImage> resolve(JsonNode descriptor, int depth) throws IOException {
    Digest digest =
        Digest.parse(JsonFields.text(descriptor, "digest"))
            .orElseThrow(() -> new ArchiveException("invalid archive: a descriptor's digest"));
    StagedBlob blob = archive.blob(digest);
    JsonNode document = StagedArchive.json(blob);
    if (document.path("manifests").isArray()) {
      return depth >= MOST_DEPTH ? Optional.empty() : choose(document, depth);
    }
    return Optional.of(image(blob, document));
  }

  private Optional<ArchivedImage> choose(JsonNode index, int depth) throws IOException {
    for (JsonNode candidate : index.path("manifests")) {
      boolean present =
          Digest.parse(JsonFields.text(candidate, "digest"))
              .flatMap(digest -> archive.file("blobs/sha256/" + digest.hex()))
              .isPresent();
      if (present && !isAttestation(candidate) && runsHere(candidate.path("platform"))) {
        return resolve(candidate, depth + 1);
      }
    }
    return Optional.empty();
  }

  private boolean runsHere(JsonNode platform) {
    return !platform.isObject()
        || (JsonFields.text(platform, "os").equals("linux")
            && JsonFields.text(platform, "architecture").equals(architecture));
  }

  private static boolean isAttestation(JsonNode descriptor) {
    return !JsonFields.text(descriptor.path("annotations"), "vnd.docker.reference.type").isEmpty()
        || JsonFields.text(descriptor.path("platform"), "os").equals("unknown");
  }

  private ArchivedImage image(StagedBlob manifest, JsonNode document) throws IOException {
    StagedBlob config = archive.blob(digest(document.path("config")));
    List<ArchivedLayer> layers = new ArrayList<>();
    for (JsonNode layer : document.path("layers")) {
      layers.add(
          new ArchivedLayer(archive.blob(digest(layer)), JsonFields.text(layer, "mediaType")));
    }
    return new ArchivedImage(config, layers, Optional.of(manifest), List.of());
  }

  private static Digest digest(JsonNode descriptor) throws ArchiveException {
    return Digest.parse(JsonFields.text(descriptor, "digest"))
        .orElseThrow(() -> new ArchiveException("invalid archive: a descriptor's digest"));
  }

  /** A name as containerd and buildx give it, or a reference name that holds a repository. */
  private static List<ImageReference> names(JsonNode descriptor) {
    JsonNode annotations = descriptor.path("annotations");
    String full = JsonFields.text(annotations, CONTAINERD_NAME);
    String reference = JsonFields.text(annotations, REF_NAME);
    String name = full.isEmpty() && reference.contains(":") ? reference : full;
    try {
      return name.isEmpty() || name.contains("@")
          ? List.of()
          : List.of(ImageReference.parse(name).orLatest());
    } catch (ApiException e) {
      return List.of(); // a reference name is free text; the image is loaded by its id
    }
  }
}
