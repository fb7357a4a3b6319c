package io.metanode.containers.image;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageRecord.StoredLayer;
import io.metanode.containers.image.archive.ArchiveWriter;
import io.metanode.containers.image.archive.ArchiveWriter.Blob;
import io.metanode.containers.image.archive.ArchiveWriter.Entry;
import io.metanode.containers.image.blob.BlobStore;
import io.metanode.containers.image.blob.Sha256;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Writes images as an archive that both Docker and OCI tools read. */
public final class ImageSave {

  private final ImageStore store;
  private final ImageManifests manifests;

  public ImageSave(ImageStore store) {
    this.store = store;
    this.manifests = new ImageManifests(store.blobs());
  }

  /**
   * The images and names to save: a repository's name alone stands for all its tags.
   *
   * @throws ApiException 404 if one is not here
   */
  public Map<Digest, List<ImageReference>> select(List<String> names) throws ApiException {
    Map<Digest, List<ImageReference>> selected = new LinkedHashMap<>();
    for (String name : names) {
      select(name, selected);
    }
    return selected;
  }

  private void select(String name, Map<Digest, List<ImageReference>> selected) throws ApiException {
    Digest id;
    if (name.matches("(sha256:)?[0-9a-f]{64}")) {
      id = store.find(name);
      selected.computeIfAbsent(id, key -> new ArrayList<>());
      return;
    }
    ImageReference reference = ImageReference.parse(name);
    if (reference.isNameOnly()) {
      List<ImageReference> tags =
          store.catalog().inRepository(reference.name()).stream()
              .filter(tag -> tag.digest().isEmpty())
              .toList();
      for (ImageReference tag : tags) {
        selected.computeIfAbsent(store.find(tag.toString()), key -> new ArrayList<>()).add(tag);
      }
      if (!tags.isEmpty()) {
        return;
      }
    }
    id = store.find(name);
    List<ImageReference> chosen = selected.computeIfAbsent(id, key -> new ArrayList<>());
    if (reference.digest().isEmpty() && store.catalog().find(reference.orLatest()).isPresent()) {
      chosen.add(reference.orLatest());
    }
  }

  /**
   * Writes what {@link #select} chose. Blobs are written as they came, byte for byte; their files
   * are of when the image was made, as in Docker's archives.
   */
  public void write(Map<Digest, List<ImageReference>> selected, OutputStream target)
      throws ApiException, IOException {
    List<Selected> parted = new ArrayList<>();
    for (Map.Entry<Digest, List<ImageReference>> image : selected.entrySet()) {
      parted.addAll(parted(image.getKey(), image.getValue()));
    }
    write(
        parted,
        ArchiveWriter.Form.DOCKER,
        id -> store.image(id).map(Image::created).orElse(Instant.EPOCH),
        target);
  }

  /**
   * An image in an archive.
   *
   * @param annotations of its manifest; empty if that is as it came
   * @param described annotations of the index's entry for it
   */
  public record Selected(
      Digest image,
      List<ImageReference> names,
      Optional<Map<String, String>> annotations,
      Map<String, String> described) {

    public Selected {
      names = List.copyOf(names);
      annotations = annotations.map(Map::copyOf);
      described = Map.copyOf(described);
    }

    /** With the names of both. */
    Selected together(Selected other) {
      List<ImageReference> all = new ArrayList<>(names);
      all.addAll(other.names);
      return new Selected(image, all, annotations, described);
    }
  }

  /** The manifest that an image is written with. */
  public byte[] manifest(Selected selected) throws ApiException, IOException {
    return manifests.bytes(store.record(selected.image()), selected.annotations());
  }

  /** An image once for each manifest that its names have. */
  private List<Selected> parted(Digest image, List<ImageReference> names)
      throws ApiException, IOException {
    ImageRecord record = store.record(image);
    if (names.isEmpty()) {
      return List.of(new Selected(image, names, Optional.empty(), Map.of()));
    }
    Map<Digest, Selected> alike = new LinkedHashMap<>();
    for (ImageReference name : names) {
      Selected one = new Selected(image, List.of(name), record.annotations(name), Map.of());
      alike.merge(Sha256.of(manifest(one)), one, Selected::together);
    }
    return List.copyOf(alike.values());
  }

  /** Writes images. Blobs are written as they came, byte for byte; all times are zero. */
  public void write(List<Selected> selected, ArchiveWriter.Form form, OutputStream target)
      throws ApiException, IOException {
    write(selected, form, id -> Instant.EPOCH, target);
  }

  private void write(
      List<Selected> selected,
      ArchiveWriter.Form form,
      Function<Digest, Instant> times,
      OutputStream target)
      throws ApiException, IOException {
    ArchiveWriter writer = new ArchiveWriter(target);
    BlobStore blobs = store.blobs();
    List<Entry> entries = new ArrayList<>();
    for (Selected image : selected) {
      ImageRecord record = store.record(image.image());
      Instant changed = times.apply(image.image());
      byte[] manifest = manifest(image);
      List<Blob> layers = new ArrayList<>();
      for (StoredLayer layer : record.layers()) {
        layers.add(manifests.blob(layer.blob(), layer.mediaType()));
      }
      for (Blob layer : layers) {
        writer.blob(layer, changed, () -> blobs.read(layer.digest()));
      }
      Blob config = manifests.blob(record.id(), ImageManifests.CONFIG_TYPE);
      writer.blob(config, changed, () -> blobs.read(config.digest()));
      entries.add(
          new Entry(
              writer.document(manifest),
              ImageManifests.mediaType(manifest),
              config,
              layers,
              record.diffIds(),
              image.names(),
              image.described()));
    }
    writer.finish(entries, form);
  }
}
