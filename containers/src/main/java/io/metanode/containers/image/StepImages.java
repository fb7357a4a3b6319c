package io.metanode.containers.image;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageRecord.StoredLayer;
import io.metanode.containers.image.blob.BlobDraft;
import io.metanode.containers.image.blob.StagedBlob;
import io.metanode.containers.image.layer.ChainId;
import io.metanode.containers.image.layer.Compression;
import io.metanode.containers.image.layer.LayerDraft;
import io.metanode.containers.image.overlay.TreeArchive;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Digest;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes an image of another and what was done to it: a step of a build, or {@code docker commit}.
 * The images are found at once and durable once {@link ImageStore#settle} returns.
 */
public final class StepImages {

  private static final int BUFFER_BYTES = 1 << 16;

  private final ImageStore store;
  private final Syscalls syscalls;
  private final Clock clock;

  public StepImages(ImageStore store, Syscalls syscalls, Clock clock) {
    this.store = store;
    this.syscalls = syscalls;
    this.clock = clock;
  }

  /**
   * What the new image says of itself.
   *
   * @param parent what it is made from; empty for {@code scratch}
   * @param config what containers inherit, in Docker's form
   * @param createdBy the instruction, for the history
   * @param comment the message; may be empty
   * @param author who made it; may be empty
   * @param architecture for example {@code amd64}
   * @param step the key of the step of a build, by which it is found again
   */
  public record Description(
      Optional<Digest> parent,
      ObjectNode config,
      String createdBy,
      String comment,
      String author,
      String architecture,
      Optional<Digest> step) {}

  /** Writes the archive of something. */
  @FunctionalInterface
  public interface ArchiveWriter {
    Snapshot.Archived write(OutputStream target) throws IOException;
  }

  /** The chain ids of an image's layers, lowest first. */
  public List<Digest> chain(Optional<Digest> image) throws ApiException {
    return image.isEmpty() ? List.of() : store.record(image.get()).chain();
  }

  /** Begins a layer above an image's. */
  public LayerDraft draft(Optional<Digest> parent) throws ApiException, IOException {
    return store.layers().draft(chain(parent));
  }

  /**
   * An image without layers, history and time: what {@code FROM scratch} alone says. The same
   * configuration is the same image.
   */
  public Digest bare(ObjectNode config, String architecture) throws ApiException, IOException {
    ObjectNode json = JsonFields.MAPPER.createObjectNode();
    json.put("architecture", architecture).put("os", "linux");
    json.set("config", config);
    json.putObject("rootfs").put("type", "layers").putArray("diff_ids");
    byte[] bytes = JsonFields.MAPPER.writeValueAsBytes(json);
    store.contentLock().lock();
    try (StagedBlob blob = store.blobs().stage(new ByteArrayInputStream(bytes))) {
      Digest id = blob.digest();
      if (store.image(id).isEmpty()) {
        store.blobs().place(blob);
        store.addUnsettled(
            new ImageRecord(id, List.of(), Optional.empty(), Optional.empty(), clock.now()),
            ConfigDocument.parse(bytes));
      }
      return id;
    } finally {
      store.contentLock().unlock();
    }
  }

  /** An image without a layer of its own. */
  public Digest add(Description description) throws ApiException, IOException {
    return place(description, Optional.empty(), () -> {});
  }

  /** An image whose uppermost layer was made in place; an empty one adds none. */
  public Digest add(Description description, LayerDraft draft) throws ApiException, IOException {
    try (BlobDraft blob = store.blobs().draft()) {
      Snapshot.Archived archived =
          write(blob, target -> TreeArchive.layer(draft.files(), syscalls, target));
      Digest digest = blob.digest();
      blob.complete();
      if (archived.entries() == 0) {
        return add(description);
      }
      return place(
          description,
          Optional.of(digest),
          () -> {
            var _ = store.layers().adopt(draft, digest, archived.bytes());
            store.blobs().place(blob.staged(digest));
          });
    }
  }

  /** An image whose uppermost layer is unpacked from its archive; an empty one adds none. */
  public Digest add(Description description, ArchiveWriter writer)
      throws ApiException, IOException {
    List<Digest> below = chain(description.parent());
    try (BlobDraft blob = store.blobs().draft()) {
      Snapshot.Archived archived = write(blob, writer);
      Digest digest = blob.digest();
      blob.complete();
      if (archived.entries() == 0) {
        return add(description);
      }
      StagedBlob staged = blob.staged(digest);
      return place(
          description,
          Optional.of(digest),
          () -> {
            List<Digest> diffIds = new ArrayList<>(diffIds(description.parent()));
            diffIds.add(digest);
            try (InputStream in = staged.read()) {
              var _ =
                  store.layers().unpackUnsealed(ChainId.of(diffIds).getLast(), digest, below, in);
            }
            store.blobs().place(staged);
          });
    }
  }

  private static Snapshot.Archived write(BlobDraft blob, ArchiveWriter writer) throws IOException {
    try (OutputStream out = new BufferedOutputStream(new Appending(blob), BUFFER_BYTES)) {
      return writer.write(out);
    }
  }

  private List<Digest> diffIds(Optional<Digest> image) throws ApiException {
    return image.isEmpty() ? List.of() : store.record(image.get()).diffIds();
  }

  private interface Placing {
    void run() throws ApiException, IOException;
  }

  private Digest place(Description description, Optional<Digest> layer, Placing placing)
      throws ApiException, IOException {
    store.contentLock().lock();
    try {
      List<StoredLayer> layers = new ArrayList<>();
      ObjectNode json = JsonFields.MAPPER.createObjectNode();
      if (description.parent().isPresent()) {
        Digest parent = description.parent().get();
        layers.addAll(store.record(parent).layers());
        JsonNode history = store.document(parent).json().path("history");
        if (history.isArray()) {
          json.set("history", history.deepCopy());
        }
      }
      layer.ifPresent(
          digest -> layers.add(new StoredLayer(digest, digest, Compression.NONE.layerMediaType())));
      describe(json, description, layers, layer.isEmpty());
      byte[] bytes = JsonFields.MAPPER.writeValueAsBytes(json);
      ConfigDocument document = ConfigDocument.parse(bytes);
      document.diffIds();
      placing.run();
      Digest id;
      try (StagedBlob config = store.blobs().stage(new ByteArrayInputStream(bytes))) {
        store.blobs().place(config);
        id = config.digest();
      }
      store.addUnsettled(
          new ImageRecord(
              id,
              layers,
              Optional.empty(),
              description.parent(),
              description.step(),
              Optional.empty(),
              clock.now(),
              false,
              Map.of()),
          document);
      return id;
    } finally {
      store.contentLock().unlock();
    }
  }

  private void describe(
      ObjectNode json, Description description, List<StoredLayer> layers, boolean empty) {
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
    ObjectNode step = json.withArray("history").addObject();
    step.put("created", now).put("created_by", description.createdBy());
    if (!description.author().isEmpty()) {
      step.put("author", description.author());
    }
    if (!description.comment().isEmpty()) {
      step.put("comment", description.comment());
    }
    if (empty) {
      step.put("empty_layer", true);
    }
    ObjectNode rootfs = json.putObject("rootfs").put("type", "layers");
    rootfs.putArray("diff_ids");
    layers.forEach(one -> rootfs.withArray("diff_ids").add(one.diffId().toString()));
  }

  /** What is written goes to the end of a blob. */
  private static final class Appending extends OutputStream {

    private final BlobDraft blob;

    Appending(BlobDraft blob) {
      this.blob = blob;
    }

    @Override
    public void write(int value) throws IOException {
      blob.append(new byte[] {(byte) value}, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      blob.append(
          offset == 0 ? bytes : java.util.Arrays.copyOfRange(bytes, offset, offset + length),
          length);
    }
  }
}
