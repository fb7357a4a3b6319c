package io.metanode.containers.image;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageRecord.StoredLayer;
import io.metanode.containers.image.blob.StagedBlob;
import io.metanode.containers.image.layer.ArchiveException;
import io.metanode.containers.image.layer.InflatedStream;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An image on its way into the store. While it is open, nothing that it needs and that is here
 * already is collected. Layers are unpacked from the lowest up; the image is in the store once it
 * is committed, and not at all before. Closing it uncommitted leaves nothing of it.
 */
public final class IncomingImage implements AutoCloseable {

  private final ImageStore store;
  private final UnpackLimits limits;
  private final ImageRecord record;
  private final ConfigDocument document;
  private final List<Digest> chain;
  private final Set<StoredLayer> proven = ConcurrentHashMap.newKeySet();
  private boolean committed;

  private IncomingImage(
      ImageStore store, UnpackLimits limits, ImageRecord record, ConfigDocument document) {
    this.store = store;
    this.limits = limits;
    this.record = record;
    this.document = document;
    this.chain = record.chain();
  }

  /** The archive of a layer. */
  public record Archive(Digest blob, String mediaType) {}

  /**
   * Opens one.
   *
   * @param id the digest of its configuration
   * @param document its configuration
   * @param manifest the digest of its manifest
   * @param archives its layers, lowest first
   * @throws ArchiveException if configuration and manifest do not agree
   */
  public static IncomingImage open(
      ImageStore store,
      UnpackLimits limits,
      Digest id,
      ConfigDocument document,
      Digest manifest,
      List<Archive> archives)
      throws IOException {
    List<Digest> diffIds = document.diffIds();
    if (diffIds.size() != archives.size()) {
      throw new ArchiveException(
          "invalid manifest, layers length mismatch: expected "
              + diffIds.size()
              + ", got "
              + archives.size());
    }
    List<StoredLayer> layers = new ArrayList<>();
    for (int i = 0; i < archives.size(); i++) {
      Archive archive = archives.get(i);
      layers.add(new StoredLayer(diffIds.get(i), archive.blob(), archive.mediaType()));
    }
    ImageRecord record =
        new ImageRecord(id, layers, Optional.of(manifest), Optional.empty(), store.clock().now());
    IncomingImage image = new IncomingImage(store, limits, record, document);
    store.expect(image);
    return image;
  }

  ImageRecord record() {
    return record;
  }

  /** Whether the archive of a layer is here. */
  public boolean hasBlob(int layer) {
    return store.blobs().has(record.layers().get(layer).blob());
  }

  /** Whether a layer is here, unpacked, with an archive that is known to be its own. */
  public boolean hasLayer(int layer) {
    StoredLayer stored = record.layers().get(layer);
    return hasBlob(layer)
        && store.layers().find(chain.get(layer)).isPresent()
        && store.agree(stored);
  }

  /** The archive of a layer that is here. */
  public InputStream blob(int layer) throws IOException {
    return store.blobs().read(record.layers().get(layer).blob());
  }

  /**
   * Unpacks a layer. Where it is unpacked already, the archive is only checked to be its own.
   *
   * @throws ArchiveException if it is not, or is hostile
   */
  public void unpack(int layer, InputStream archive) throws IOException {
    StoredLayer wanted = record.layers().get(layer);
    boolean unpacked =
        store
            .layers()
            .unpackUnsealed(chain.get(layer), wanted.diffId(), chain.subList(0, layer), archive);
    if (!unpacked && !store.agree(wanted)) {
      try (InflatedStream inflated = new InflatedStream(archive, limits)) {
        Digest actual = inflated.finish();
        if (!actual.equals(wanted.diffId())) {
          throw new ArchiveException(
              "layer digest mismatch: expected " + wanted.diffId() + ", got " + actual);
        }
      }
    }
    proven.add(wanted);
  }

  /** Whether an archive was seen to unpack to what a layer says. */
  boolean hasProved(StoredLayer layer) {
    return proven.stream().anyMatch(layer::isSameAs);
  }

  /**
   * Puts it into the store, durably, and names it.
   *
   * @param blobs what was received for it; those that are here already are passed over
   * @return the names that stood for another image, or for none, before
   */
  public List<ImageReference> commit(List<StagedBlob> blobs, List<ImageReference> names)
      throws ApiException, IOException {
    store.contentLock().lock();
    try {
      for (StagedBlob blob : blobs) {
        store.blobs().place(blob);
      }
      for (Digest needed : record.blobs()) {
        if (!store.blobs().has(needed)) {
          throw new IOException("blob " + needed + " is gone; pull again");
        }
      }
      if (!store.layers().seal(chain)) {
        store.layers().sync();
      }
      store.add(record, document);
      committed = true;
      List<ImageReference> changed = new ArrayList<>();
      for (ImageReference name : names) {
        if (!store.catalog().find(name).equals(Optional.of(record.id()))) {
          changed.add(name);
        }
        store.tag(name, record.id());
      }
      return changed;
    } finally {
      store.contentLock().unlock();
    }
  }

  /** What it alone needed goes, if it was not committed. */
  @Override
  public void close() throws IOException {
    store.expectNoMore(this);
    if (!committed) {
      store.collect();
    }
  }
}
