package io.metanode.containers.image;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.blob.BlobStore;
import io.metanode.containers.image.blob.StagedBlob;
import io.metanode.containers.image.layer.Layer;
import io.metanode.containers.image.layer.LayerStore;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The images under {@code <home>/images}: blobs, unpacked layers, records and names. Looking up
 * touches memory alone. Adding and removing images is one at a time; naming is independent of it.
 */
public final class ImageStore implements Images {

  private static final String DIGEST_PREFIX = "sha256:";
  private static final int LEAST_PREFIX = 1;
  private static final int DIGEST_DIGITS = 64;

  private final BlobStore blobs;
  private final LayerStore layers;
  private final ImageCatalog catalog;
  private final Clock clock;
  private final ReentrantLock content = new ReentrantLock();
  private final Map<Digest, ConfigDocument> documents = new ConcurrentHashMap<>();
  private final Set<IncomingImage> incoming = ConcurrentHashMap.newKeySet();
  private final Map<Digest, Integer> held = new ConcurrentHashMap<>();
  private volatile Views views = new Views(-1, Map.of());

  /** Images as they were after so many changes of the catalog. */
  private record Views(long changes, Map<Digest, Image> images) {}

  private ImageStore(BlobStore blobs, LayerStore layers, ImageCatalog catalog, Clock clock) {
    this.blobs = blobs;
    this.layers = layers;
    this.catalog = catalog;
    this.clock = clock;
  }

  /**
   * Opens the store, and removes what a crash left half done. Layers and blobs nothing refers to go
   * when {@link #collect} runs, after the snapshots have claimed theirs.
   *
   * @param home the node's data directory
   */
  public static ImageStore open(Path home, Syscalls syscalls, UnpackLimits limits, Clock clock)
      throws IOException {
    Path directory = Files.createDirectories(home.resolve("images"));
    BlobStore blobs = BlobStore.open(directory);
    LayerStore layers = LayerStore.open(directory, syscalls, limits);
    ImageStore store = new ImageStore(blobs, layers, ImageCatalog.open(directory), clock);
    for (ImageRecord record : store.catalog.records()) {
      store.admit(record);
    }
    return store;
  }

  private void admit(ImageRecord record) throws IOException {
    boolean whole = record.chain().stream().allMatch(chain -> layers.find(chain).isPresent());
    if (whole && record.blobs().stream().allMatch(blobs::has)) {
      documents.put(record.id(), ConfigDocument.parse(blobs.bytes(record.id())));
    } else {
      System.getLogger(ImageStore.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "image {0} is incomplete on disk and was dropped; load it again",
              record.id());
      catalog.untag(catalog.references(record.id()));
      catalog.remove(record.id());
    }
  }

  public BlobStore blobs() {
    return blobs;
  }

  public LayerStore layers() {
    return layers;
  }

  Clock clock() {
    return clock;
  }

  ImageCatalog catalog() {
    return catalog;
  }

  /** Held while images are added or removed. */
  ReentrantLock contentLock() {
    return content;
  }

  /** All images, newest first. */
  public List<Image> all() {
    return catalog.records().stream()
        .flatMap(record -> image(record.id()).stream())
        .sorted(Comparator.comparing(Image::created).reversed().thenComparing(Image::id))
        .toList();
  }

  /** An image by its id. */
  public Optional<Image> image(Digest id) {
    Views current = views;
    long changes = catalog.changes();
    if (current.changes() != changes) {
      current = new Views(changes, new ConcurrentHashMap<>());
      views = current;
    }
    Image known = current.images().get(id);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Image> image = view(id);
    if (image.isPresent()) {
      current.images().put(id, image.get());
    }
    return image;
  }

  private Optional<Image> view(Digest id) {
    Optional<ImageRecord> record = catalog.record(id);
    ConfigDocument document = documents.get(id);
    if (record.isEmpty() || document == null) {
      return Optional.empty();
    }
    List<String> names =
        catalog.references(id).stream()
            .filter(name -> name.digest().isEmpty())
            .map(ImageReference::familiar)
            .toList();
    return Optional.of(
        new Image(
            id,
            names,
            document.config(),
            record.get().diffIds(),
            document.created(),
            sizeBytes(record.get()),
            document.architecture(),
            document.os()));
  }

  private long sizeBytes(ImageRecord record) {
    return record.chain().stream()
        .mapToLong(chain -> layers.find(chain).map(Layer::sizeBytes).orElse(0L))
        .sum();
  }

  /** The record of an image that is here. */
  public ImageRecord record(Digest id) throws ApiException {
    return catalog.record(id).orElseThrow(() -> noSuchImage(id.toString()));
  }

  /** The configuration of an image that is here. */
  public ConfigDocument document(Digest id) throws ApiException {
    ConfigDocument document = documents.get(id);
    if (document == null) {
      throw noSuchImage(id.toString());
    }
    return document;
  }

  /** All names of an image, those with digests too. */
  public List<ImageReference> references(Digest id) {
    return catalog.references(id);
  }

  /** The names with tags in a repository, sorted. */
  public List<ImageReference> tags(ImageReference repository) {
    return catalog.inRepository(repository.name()).stream()
        .filter(name -> name.digest().isEmpty())
        .toList();
  }

  /**
   * Repositories of a registry that had a blob when an image was pulled from there or pushed to it.
   *
   * @param except a repository that is not asked about
   */
  public List<String> repositoriesWith(Digest blob, ImageReference except) {
    return catalog.records().stream()
        .filter(record -> record.blobs().contains(blob))
        .flatMap(record -> catalog.references(record.id()).stream())
        .filter(name -> name.digest().isPresent() && name.domain().equals(except.domain()))
        .map(ImageReference::path)
        .filter(path -> !path.equals(except.path()))
        .distinct()
        .toList();
  }

  /** The images committed from an image. */
  public List<Digest> children(Digest id) {
    return catalog.records().stream()
        .filter(record -> record.parent().equals(Optional.of(id)))
        .map(ImageRecord::id)
        .toList();
  }

  /** Whether an image without a name is a step that others were made from, or hidden. */
  public boolean isIntermediate(Digest id) {
    return references(id).isEmpty() && (isHidden(id) || !children(id).isEmpty());
  }

  private boolean isHidden(Digest id) {
    return catalog.record(id).map(ImageRecord::hidden).orElse(false);
  }

  /** The sizes of all layers that images have, each once. */
  public long layerBytes() {
    Set<Digest> chains = new HashSet<>();
    catalog.records().forEach(record -> chains.addAll(record.chain()));
    return chains.stream()
        .mapToLong(chain -> layers.find(chain).map(Layer::sizeBytes).orElse(0L))
        .sum();
  }

  @Override
  public Image resolve(String nameOrId) throws ApiException {
    Digest id = find(nameOrId);
    return image(id).orElseThrow(() -> noSuchImage(nameOrId));
  }

  /** The id a name, an id or a prefix of one stands for. */
  public Digest find(String nameOrId) throws ApiException {
    String digits =
        nameOrId.startsWith(DIGEST_PREFIX) ? nameOrId.substring(DIGEST_PREFIX.length()) : nameOrId;
    if (digits.length() == DIGEST_DIGITS && isHex(digits)) {
      Digest id = new Digest(digits);
      return catalog.record(id).map(ImageRecord::id).orElseThrow(() -> noSuchImage(id.toString()));
    }
    ImageReference reference = ImageReference.parse(nameOrId).key();
    Optional<Digest> named = catalog.find(reference);
    if (named.isPresent()) {
      return named.get();
    }
    return byPrefix(digits).orElseThrow(() -> noSuchImage(reference.familiar()));
  }

  private Optional<Digest> byPrefix(String digits) throws ApiException {
    if (digits.length() < LEAST_PREFIX || !isHex(digits)) {
      return Optional.empty();
    }
    List<Digest> matches =
        catalog.records().stream()
            .map(ImageRecord::id)
            .filter(id -> id.hex().startsWith(digits))
            .toList();
    if (matches.size() > 1) {
      throw ApiException.badRequest("image ID prefix " + digits + " is ambiguous");
    }
    return matches.stream().findFirst();
  }

  /** Whether text is an id, or a prefix of this id, rather than a name. */
  static boolean isIdOrPrefix(Digest id, String text) {
    return id.toString().startsWith(text) || id.hex().startsWith(text);
  }

  private static boolean isHex(String text) {
    return text.chars().allMatch(c -> Character.digit(c, 16) >= 0)
        && text.toLowerCase(Locale.ROOT).equals(text);
  }

  static ApiException noSuchImage(String name) {
    return ApiException.notFound("No such image: " + name);
  }

  /** Whether an image is here with a manifest and under all these names. */
  public boolean holds(Digest id, Digest manifest, List<ImageReference> names) {
    return catalog.record(id).flatMap(ImageRecord::manifest).equals(Optional.of(manifest))
        && names.stream().allMatch(name -> catalog.find(name).equals(Optional.of(id)));
  }

  /** Keeps from being collected what an image on its way needs. */
  void expect(IncomingImage image) {
    content.lock();
    try {
      incoming.add(image);
    } finally {
      content.unlock();
    }
  }

  /** It is here, or will not come. */
  void expectNoMore(IncomingImage image) {
    content.lock();
    try {
      incoming.remove(image);
    } finally {
      content.unlock();
    }
  }

  /** Whether a layer and its archive are known to agree, from an image that is here or coming. */
  boolean agree(ImageRecord.StoredLayer layer) {
    return incoming.stream().anyMatch(image -> image.hasProved(layer))
        || catalog.records().stream()
            .flatMap(record -> record.layers().stream())
            .anyMatch(layer::isSameAs);
  }

  /** Adds an image whose blobs and layers are stored. Under the content lock. */
  void add(ImageRecord record, ConfigDocument document) throws IOException {
    layers.seal(record.chain());
    ImageRecord kept =
        catalog
            .record(record.id())
            .map(before -> record.manifest().isPresent() ? record.knownAs(before) : before)
            .orElse(record);
    documents.put(record.id(), document);
    catalog.put(kept);
  }

  /**
   * Adds an image whose blobs and layers are in place. It is found at once, and lost in a crash
   * until {@link #settle} returns. Under the content lock.
   */
  void addUnsettled(ImageRecord record, ConfigDocument document) {
    documents.put(record.id(), document);
    catalog.hold(record);
  }

  /** Makes durable, with two syncs however many they are, the images that are in memory alone. */
  public void settle() throws IOException {
    content.lock();
    try {
      List<ImageRecord> due = catalog.unsaved();
      if (due.isEmpty()) {
        return;
      }
      Set<Digest> chains = new HashSet<>();
      due.forEach(record -> chains.addAll(record.chain()));
      if (!layers.seal(List.copyOf(chains), () -> catalog.save(due))) {
        layers.sync();
        catalog.save(due);
        layers.sync();
      }
    } finally {
      content.unlock();
    }
  }

  /** The image a step of a build made before on a parent, the newest; empty without one. */
  public Optional<Digest> built(Optional<Digest> parent, Digest step) {
    return catalog.records().stream()
        .filter(record -> record.parent().equals(parent))
        .filter(record -> record.step().equals(Optional.of(step)))
        .map(ImageRecord::id)
        .max(
            Comparator.comparing(
                id ->
                    Optional.ofNullable(documents.get(id))
                        .map(ConfigDocument::created)
                        .orElse(Instant.EPOCH)));
  }

  /** Keeps an image, while a build stands on it, from being removed. */
  public void hold(Digest id) {
    held.merge(id, 1, Integer::sum);
  }

  public void release(Digest id) {
    held.computeIfPresent(id, (_, count) -> count == 1 ? null : count - 1);
  }

  boolean isHeld(Digest id) {
    return held.containsKey(id);
  }

  /** Notes the statement of the build that made an image. */
  public void describe(Digest id, byte[] statement) throws ApiException, IOException {
    content.lock();
    try (StagedBlob staged = blobs.stage(new ByteArrayInputStream(statement))) {
      ImageRecord record = record(id).madeBy(staged.digest());
      blobs.place(staged);
      catalog.hold(record);
    } finally {
      content.unlock();
    }
  }

  /** Hides an image while it has no name, or shows it again; durable with {@link #settle}. */
  public void hide(Digest id, boolean isHidden) throws ApiException {
    content.lock();
    try {
      ImageRecord record = record(id);
      if (record.hidden() != isHidden) {
        catalog.hold(record.hidden(isHidden));
      }
    } finally {
      content.unlock();
    }
  }

  /** The statement of the build that made an image here. */
  public Optional<byte[]> provenance(Digest id) throws ApiException, IOException {
    Optional<Digest> statement = record(id).provenance();
    return statement.isEmpty() ? Optional.empty() : Optional.of(blobs.bytes(statement.get()));
  }

  /** Names an image; returns the image that had the name before. */
  public Optional<Digest> tag(ImageReference reference, Digest id)
      throws ApiException, IOException {
    return tag(reference, id, Optional.empty());
  }

  /**
   * Names an image.
   *
   * @param annotations of the manifest that is pushed or saved under the name; empty if that is as
   *     it came
   */
  public Optional<Digest> tag(
      ImageReference reference, Digest id, Optional<Map<String, String>> annotations)
      throws ApiException, IOException {
    settle();
    ImageRecord record = record(id);
    Optional<Digest> before = catalog.tag(reference, id);
    catalog.put(record.taggedAt(clock.now()).annotated(reference, annotations));
    return before.filter(other -> !other.equals(id));
  }

  /** Forgets an image; what it alone used goes with {@link #collect}. Under the content lock. */
  void forget(Digest id) throws IOException {
    catalog.untag(catalog.references(id));
    catalog.remove(id);
    documents.remove(id);
  }

  /** Removes blobs and layers no image and no snapshot needs. */
  public Collected collect() throws IOException {
    content.lock();
    try {
      Set<Digest> keepBlobs = new HashSet<>();
      Set<Digest> keepLayers = new HashSet<>();
      Stream<ImageRecord> expected = incoming.stream().map(IncomingImage::record);
      for (ImageRecord record : Stream.concat(catalog.records().stream(), expected).toList()) {
        keepBlobs.addAll(record.blobs());
        keepLayers.addAll(record.chain());
      }
      List<Layer> removed = layers.removeAllExcept(keepLayers);
      long blobBytes = blobs.removeAllExcept(keepBlobs);
      return new Collected(removed, blobBytes);
    } finally {
      content.unlock();
    }
  }

  /**
   * What a collection removed.
   *
   * @param layers the unpacked layers
   * @param blobBytes the bytes of the blobs
   */
  public record Collected(List<Layer> layers, long blobBytes) {

    public Collected {
      layers = List.copyOf(layers);
    }

    /** The size of the unpacked layers, as Docker counts space reclaimed. */
    public long layerBytes() {
      return layers.stream().mapToLong(Layer::sizeBytes).sum();
    }
  }
}
