package io.metanode.containers.image;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageRecord.StoredLayer;
import io.metanode.containers.image.blob.StagedBlob;
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
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes images from layers: {@code docker import} from a file system's archive, {@code docker
 * commit} from a container's changes.
 */
public final class ImageImport {

  private static final int MAGIC_BYTES = 6;

  private final ImageStore store;
  private final UnpackLimits limits;
  private final Clock clock;

  public ImageImport(ImageStore store, UnpackLimits limits, Clock clock) {
    this.store = store;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * What the new image says of itself.
   *
   * @param config what containers inherit, in Docker's form
   * @param step the history entry, without its time; {@code created} is added
   * @param comment the message
   * @param author who made it
   * @param architecture for example {@code amd64}
   */
  public record Description(
      ObjectNode config, ObjectNode step, String comment, String author, String architecture) {}

  /**
   * Receives a layer's archive, before the content lock is needed.
   *
   * @throws IOException if reading fails
   */
  public StagedBlob receive(InputStream in) throws IOException {
    return store.blobs().stage(in);
  }

  /**
   * Stores an image of the layers of {@code parent}, if any, and one more.
   *
   * @return its id
   */
  public Digest add(Optional<Digest> parent, StagedBlob archive, Description description)
      throws ApiException, IOException {
    store.contentLock().lock();
    try {
      return addLocked(parent, archive, description);
    } catch (IOException | ApiException | RuntimeException e) {
      store.collect();
      throw e;
    } finally {
      store.contentLock().unlock();
    }
  }

  private Digest addLocked(Optional<Digest> parent, StagedBlob archive, Description description)
      throws ApiException, IOException {
    List<StoredLayer> layers = new ArrayList<>();
    ObjectNode json = JsonFields.MAPPER.createObjectNode();
    List<Digest> below = List.of();
    if (parent.isPresent()) {
      ImageRecord record = store.record(parent.get());
      layers.addAll(record.layers());
      below = record.chain();
      json.set("history", store.document(parent.get()).json().path("history").deepCopy());
    }
    layers.add(new StoredLayer(diffId(archive), archive.digest(), mediaType(archive)));
    List<Digest> diffIds = layers.stream().map(StoredLayer::diffId).toList();
    describe(json, description, diffIds);
    byte[] bytes = JsonFields.MAPPER.writeValueAsBytes(json);
    ConfigDocument document = ConfigDocument.parse(bytes);
    document.diffIds();
    List<Digest> chain = ChainId.of(diffIds);
    try (InputStream in = archive.read()) {
      var _ = store.layers().unpackUnsealed(chain.getLast(), diffIds.getLast(), below, in);
    }
    store.blobs().adopt(archive);
    Digest id = store.blobs().store(bytes);
    store.add(new ImageRecord(id, layers, Optional.empty(), parent, clock.now()), document);
    return id;
  }

  private void describe(ObjectNode json, Description description, List<Digest> diffIds) {
    String now = clock.now().toString();
    if (!description.author().isEmpty()) {
      json.put("author", description.author());
    }
    json.put("architecture", description.architecture());
    json.put("os", "linux");
    json.put("created", now);
    if (!description.comment().isEmpty()) {
      json.put("comment", description.comment());
    }
    json.set("config", description.config());
    ObjectNode step = description.step().deepCopy();
    step.put("created", now);
    json.withArray("history").add(step);
    ObjectNode rootfs = json.putObject("rootfs").put("type", "layers");
    diffIds.forEach(diffId -> rootfs.withArray("diff_ids").add(diffId.toString()));
  }

  private Digest diffId(StagedBlob archive) throws IOException {
    try (InflatedStream inflated = new InflatedStream(archive.read(), limits)) {
      return inflated.finish();
    }
  }

  private static String mediaType(StagedBlob archive) throws IOException {
    try (InputStream in = archive.read()) {
      return Compression.of(in.readNBytes(MAGIC_BYTES)).layerMediaType();
    }
  }
}
