package io.metanode.containers.image.archive;

import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.blob.StagedBlob;
import java.util.List;
import java.util.Optional;

/**
 * An image found in an archive.
 *
 * @param config its configuration
 * @param layers the archives of its layers, lowest first
 * @param manifest its OCI or Docker manifest, if the archive has one
 * @param names what the archive calls it
 */
public record ArchivedImage(
    StagedBlob config,
    List<ArchivedLayer> layers,
    Optional<StagedBlob> manifest,
    List<ImageReference> names) {

  /** A layer's archive; the media type is empty where the archive does not tell. */
  public record ArchivedLayer(StagedBlob blob, String mediaType) {}

  public ArchivedImage {
    layers = List.copyOf(layers);
    names = List.copyOf(names);
  }

  ArchivedImage named(List<ImageReference> newNames) {
    return new ArchivedImage(config, layers, manifest, newNames);
  }
}
