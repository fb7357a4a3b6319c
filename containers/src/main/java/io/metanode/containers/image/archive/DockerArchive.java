package io.metanode.containers.image.archive;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.JsonFields;
import io.metanode.containers.image.archive.ArchivedImage.ArchivedLayer;
import io.metanode.containers.image.blob.StagedBlob;
import io.metanode.containers.image.layer.ArchiveException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Docker's archive: {@code manifest.json} is an array of {@code {"Config": path, "RepoTags":
 * [name], "Layers": [path]}}, as every {@code docker save} since 1.10 writes it.
 */
final class DockerArchive {

  static final String MANIFEST = "manifest.json";

  private DockerArchive() {}

  static List<ArchivedImage> images(StagedArchive archive) throws IOException {
    JsonNode entries = StagedArchive.json(archive.require(MANIFEST));
    if (!entries.isArray()) {
      throw new ArchiveException("invalid archive: manifest.json is not an array");
    }
    List<ArchivedImage> images = new ArrayList<>();
    for (JsonNode entry : entries) {
      images.add(image(archive, entry));
    }
    return images;
  }

  private static ArchivedImage image(StagedArchive archive, JsonNode entry) throws IOException {
    StagedBlob config = archive.require(JsonFields.text(entry, "Config"));
    List<ArchivedLayer> layers = new ArrayList<>();
    for (String path : JsonFields.texts(entry, "Layers")) {
      layers.add(new ArchivedLayer(archive.require(path), ""));
    }
    List<ImageReference> names = new ArrayList<>();
    for (String name : JsonFields.texts(entry, "RepoTags")) {
      names.add(name(name));
    }
    return new ArchivedImage(config, layers, Optional.empty(), names);
  }

  static ImageReference name(String text) throws ArchiveException {
    try {
      ImageReference name = ImageReference.parse(text).orLatest();
      if (name.digest().isPresent()) {
        // Only a registry vouches for the digest in a name.
        throw new ArchiveException("invalid archive: name \"" + text + "\" has a digest");
      }
      return name;
    } catch (ApiException e) {
      throw new ArchiveException("invalid archive: name \"" + text + "\": " + e.getMessage(), e);
    }
  }
}
