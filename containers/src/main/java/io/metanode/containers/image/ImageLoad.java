package io.metanode.containers.image;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageRecord.StoredLayer;
import io.metanode.containers.image.archive.ArchivedImage;
import io.metanode.containers.image.archive.ArchivedImage.ArchivedLayer;
import io.metanode.containers.image.archive.ImageArchive;
import io.metanode.containers.image.archive.StagedArchive;
import io.metanode.containers.image.blob.StagedBlob;
import io.metanode.containers.image.layer.ArchiveException;
import io.metanode.containers.image.layer.ChainId;
import io.metanode.containers.image.layer.Compression;
import io.metanode.containers.image.layer.InflatedStream;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes the images of an archive into the store. */
public final class ImageLoad {

  private static final int SHORT_ID = 12;
  private static final int MOST_CONFIG_BYTES = 16 << 20;

  private final ImageStore store;
  private final UnpackLimits limits;
  private final String architecture;
  private final Clock clock;

  /**
   * @param architecture which image of a multi-platform archive to take, for example {@code amd64}
   */
  public ImageLoad(ImageStore store, UnpackLimits limits, String architecture, Clock clock) {
    this.store = store;
    this.limits = limits;
    this.architecture = architecture;
    this.clock = clock;
  }

  /** An image taken in, by the name it was given or without one. */
  public record Loaded(Digest id, Optional<ImageReference> name, Optional<Digest> renamed) {}

  /**
   * Receives an archive, before the content lock is needed.
   *
   * @throws ArchiveException if it is malformed or too large
   */
  public StagedArchive receive(InputStream in) throws IOException {
    return StagedArchive.receive(in, store.blobs(), limits);
  }

  /**
   * Stores the images of an archive. If one fails, those before it stay, and nothing of it does.
   *
   * @throws ArchiveException if something in it is not what it says
   */
  public List<Loaded> load(StagedArchive archive, LoadProgress progress)
      throws ApiException, IOException {
    List<ArchivedImage> images = ImageArchive.images(archive, architecture);
    List<Loaded> loaded = new ArrayList<>();
    store.contentLock().lock();
    try {
      for (ArchivedImage image : images) {
        Digest id = store(image, progress);
        loaded.addAll(name(id, image.names()));
      }
    } catch (IOException | RuntimeException e) {
      store.collect();
      throw e;
    } finally {
      store.contentLock().unlock();
    }
    return loaded;
  }

  private List<Loaded> name(Digest id, List<ImageReference> names)
      throws ApiException, IOException {
    List<Loaded> loaded = new ArrayList<>();
    for (ImageReference name : names) {
      loaded.add(new Loaded(id, Optional.of(name), store.tag(name, id)));
    }
    return loaded.isEmpty() ? List.of(new Loaded(id, Optional.empty(), Optional.empty())) : loaded;
  }

  private Digest store(ArchivedImage image, LoadProgress progress) throws IOException {
    ConfigDocument document = ConfigDocument.parse(image.config().bytes(MOST_CONFIG_BYTES));
    List<Digest> diffIds = document.diffIds();
    if (diffIds.size() != image.layers().size()) {
      throw new ArchiveException(
          "invalid manifest, layers length mismatch: expected "
              + diffIds.size()
              + ", got "
              + image.layers().size());
    }
    if (!document.os().equals("linux")) {
      throw new ArchiveException("cannot load " + document.os() + " image on linux");
    }
    List<Digest> chain = ChainId.of(diffIds);
    List<StoredLayer> layers = new ArrayList<>();
    for (int i = 0; i < chain.size(); i++) {
      ArchivedLayer layer = image.layers().get(i);
      unpack(layer.blob(), diffIds.get(i), chain.subList(0, i + 1), progress);
      layers.add(new StoredLayer(diffIds.get(i), layer.blob().digest(), mediaType(layer)));
    }
    for (ArchivedLayer layer : image.layers()) {
      keep(layer.blob());
    }
    Digest id = keep(image.config());
    Optional<Digest> manifest = Optional.empty();
    if (image.manifest().isPresent()) {
      manifest = Optional.of(keep(image.manifest().get()));
    }
    store.add(new ImageRecord(id, layers, manifest, Optional.empty(), clock.now()), document);
    return id;
  }

  private Digest keep(StagedBlob blob) throws IOException {
    // One archive may name a file twice; the second time it is already stored.
    return store.blobs().has(blob.digest()) ? blob.digest() : store.blobs().adopt(blob);
  }

  /** The staged file of a layer, or the blob it became for an earlier image of the archive. */
  private InputStream open(StagedBlob blob) throws IOException {
    return store.blobs().has(blob.digest()) ? store.blobs().read(blob.digest()) : blob.read();
  }

  private void unpack(StagedBlob blob, Digest diffId, List<Digest> chain, LoadProgress progress)
      throws IOException {
    if (store.layers().find(chain.getLast()).isPresent()) {
      verify(blob, diffId);
      return;
    }
    String shortId = diffId.hex().substring(0, SHORT_ID);
    try (InputStream in =
        new ProgressStream(open(blob), current -> progress.layer(shortId, current, blob.size()))) {
      var _ =
          store
              .layers()
              .unpackUnsealed(chain.getLast(), diffId, chain.subList(0, chain.size() - 1), in);
    }
  }

  private void verify(StagedBlob blob, Digest diffId) throws IOException {
    if (blob.digest().equals(diffId)) {
      return;
    }
    try (InflatedStream inflated = new InflatedStream(open(blob), limits)) {
      Digest actual = inflated.finish();
      if (!actual.equals(diffId)) {
        throw new ArchiveException("layer digest mismatch: expected " + diffId + ", got " + actual);
      }
    }
  }

  private String mediaType(ArchivedLayer layer) throws IOException {
    if (!layer.mediaType().isEmpty()) {
      return layer.mediaType();
    }
    try (InputStream in = open(layer.blob())) {
      return Compression.of(in.readNBytes(6)).layerMediaType();
    }
  }
}
