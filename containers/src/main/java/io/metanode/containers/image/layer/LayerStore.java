package io.metanode.containers.image.layer;

import io.metanode.containers.image.JsonFields;
import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.sys.Syscalls.FileStatus;
import io.metanode.foundation.Digest;
import io.metanode.foundation.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The unpacked layers, {@code layers/<short id>/fs} with {@code layer.json} beside it. A layer is
 * unpacked in a directory named {@code tmp-…}, renamed, and synced; then {@code layer.json} is
 * written: a directory that has it is complete.
 */
public final class LayerStore {

  private static final String TEMPORARY = "tmp-";
  private static final String RECORD = "layer.json";
  private static final String FILES = "fs";
  private static final int SHORT_ID = 16;

  private final Path directory;
  private final Syscalls syscalls;
  private final UnpackLimits limits;
  private final Map<Digest, Layer> layers = new HashMap<>();
  private final Map<Digest, byte[]> unsealed = new HashMap<>();
  private final Map<String, List<Digest>> pins = new HashMap<>();
  private long sequence;

  private LayerStore(Path directory, Syscalls syscalls, UnpackLimits limits) {
    this.directory = directory;
    this.syscalls = syscalls;
    this.limits = limits;
  }

  /** Opens the store under a directory, and removes layers a crash left incomplete. */
  public static LayerStore open(Path images, Syscalls syscalls, UnpackLimits limits)
      throws IOException {
    Path directory = Files.createDirectories(images.resolve("layers"));
    LayerStore store = new LayerStore(directory, syscalls, limits);
    try (Stream<Path> children = Files.list(directory)) {
      for (Path child : (Iterable<Path>) children::iterator) {
        Optional<Layer> layer = read(child);
        if (layer.isPresent()) {
          store.layers.put(layer.get().chainId(), layer.get());
        } else {
          DurableFiles.removeTree(child);
        }
      }
    }
    return store;
  }

  private static Optional<Layer> read(Path child) throws IOException {
    if (child.getFileName().toString().startsWith(TEMPORARY)) {
      return Optional.empty();
    }
    try {
      JsonNode record = JsonFields.MAPPER.readTree(Files.readAllBytes(child.resolve(RECORD)));
      Optional<Digest> chainId = Digest.parse(JsonFields.text(record, "chainId"));
      Optional<Digest> diffId = Digest.parse(JsonFields.text(record, "diffId"));
      if (chainId.isEmpty() || diffId.isEmpty()) {
        return Optional.empty();
      }
      long size = JsonFields.number(record, "sizeBytes");
      Optional<Digest> parent = Digest.parse(JsonFields.text(record, "parent"));
      return Optional.of(
          new Layer(parent, chainId.get(), diffId.get(), size, child.resolve(FILES)));
    } catch (NoSuchFileException | JacksonException e) {
      return Optional.empty();
    }
  }

  public synchronized Optional<Layer> find(Digest chainId) {
    return Optional.ofNullable(layers.get(chainId));
  }

  /**
   * Unpacks a layer, unless it is there. Durable when this returns; nothing is left if it fails.
   *
   * @param below the chain ids beneath, lowest first; all are here
   * @throws ArchiveException if the archive is not what {@code diffId} says, or is hostile
   */
  public Layer unpack(Digest chainId, Digest diffId, List<Digest> below, InputStream compressed)
      throws IOException {
    unpackUnsealed(chainId, diffId, below, compressed);
    seal(List.of(chainId));
    return find(chainId)
        .orElseThrow(() -> new IOException("layer " + chainId + " was removed meanwhile"));
  }

  /**
   * As {@link #unpack}, but a crash loses the layer until it is sealed. Where two unpack the same
   * layer at once neither waits for the other, which might wait for a network.
   *
   * @return whether it was unpacked from this archive; false if it was here
   */
  public boolean unpackUnsealed(
      Digest chainId, Digest diffId, List<Digest> below, InputStream compressed)
      throws IOException {
    if (find(chainId).isPresent()) {
      return false;
    }
    Path temporary = directory.resolve(TEMPORARY + nextNumber());
    try {
      unpackInto(temporary, chainId, diffId, below, compressed);
      return true;
    } finally {
      DurableFiles.removeTree(temporary);
    }
  }

  /**
   * Makes layers durable: the record that says a layer is whole is written once its files are on
   * disk.
   *
   * @return whether the whole file system was synced for that; false if all were sealed
   */
  public boolean seal(List<Digest> chain) throws IOException {
    return seal(chain, () -> {});
  }

  /** What is written between the two syncs of a sealing, and relies on what the first made last. */
  @FunctionalInterface
  public interface Records {
    void write() throws IOException;
  }

  /**
   * As {@link #seal(List)}; {@code records} become durable with the layers, if there are any to
   * seal, and are not written otherwise.
   */
  public boolean seal(List<Digest> chain, Records records) throws IOException {
    Map<Digest, byte[]> open = new HashMap<>();
    synchronized (this) {
      for (Digest chainId : chain) {
        byte[] record = unsealed.get(chainId);
        if (record != null) {
          open.put(chainId, record);
        }
      }
    }
    if (open.isEmpty()) {
      return false;
    }
    sync();
    for (Map.Entry<Digest, byte[]> layer : open.entrySet()) {
      Files.write(home(layer.getKey()).resolve(RECORD), layer.getValue());
    }
    records.write();
    sync();
    synchronized (this) {
      open.keySet().forEach(unsealed::remove);
    }
    return true;
  }

  /** Makes durable all that was written where images are kept. */
  public void sync() throws IOException {
    syscalls.syncFileSystem(directory);
  }

  private Path home(Digest chainId) {
    return directory.resolve(chainId.hex().substring(0, SHORT_ID));
  }

  private void unpackInto(
      Path temporary, Digest chainId, Digest diffId, List<Digest> below, InputStream compressed)
      throws IOException {
    List<Path> lowers = roots(below);
    Path files = Files.createDirectories(temporary.resolve(FILES));
    prepareRoot(files, lowers);
    LayerUnpack.Result result = new LayerUnpack(syscalls, limits).run(files, lowers, compressed);
    if (!result.diffId().equals(diffId)) {
      throw new ArchiveException(
          "layer digest mismatch: expected " + diffId + ", got " + result.diffId());
    }
    Optional<Digest> parent = below.isEmpty() ? Optional.empty() : Optional.of(below.getLast());
    keep(temporary, chainId, diffId, parent, result.sizeBytes());
  }

  private void keep(
      Path temporary, Digest chainId, Digest diffId, Optional<Digest> parent, long sizeBytes)
      throws IOException {
    ObjectNode record = JsonFields.MAPPER.createObjectNode();
    record.put("chainId", chainId.toString());
    record.put("diffId", diffId.toString());
    parent.ifPresent(digest -> record.put("parent", digest.toString()));
    record.put("sizeBytes", sizeBytes);
    Path target = home(chainId);
    Layer layer = new Layer(parent, chainId, diffId, sizeBytes, target.resolve(FILES));
    synchronized (this) {
      if (!layers.containsKey(chainId)) {
        Files.move(temporary, target);
        layers.put(chainId, layer);
        unsealed.put(chainId, JsonFields.MAPPER.writeValueAsBytes(record));
      }
    }
  }

  /**
   * Begins a layer whose files are made in place. {@link #adopt} makes it one of the store's;
   * closing it unadopted removes it.
   *
   * @param below the chain ids beneath, lowest first; all are here
   */
  public LayerDraft draft(List<Digest> below) throws IOException {
    Path temporary = directory.resolve(TEMPORARY + nextNumber());
    Path files = Files.createDirectories(temporary.resolve(FILES));
    prepareRoot(files, roots(below));
    return new LayerDraft(temporary, files, List.copyOf(below));
  }

  /**
   * Takes a layer that was made in place. A crash loses it until it is sealed.
   *
   * @param diffId the digest of its archive, which holds exactly what its files are
   * @return its chain id
   */
  public Digest adopt(LayerDraft draft, Digest diffId, long sizeBytes) throws IOException {
    Optional<Digest> parent =
        draft.below().isEmpty() ? Optional.empty() : Optional.of(draft.below().getLast());
    Digest chainId = ChainId.on(parent, diffId);
    keep(draft.directory(), chainId, diffId, parent, sizeBytes);
    return chainId;
  }

  private void prepareRoot(Path files, List<Path> lowers) throws IOException {
    if (lowers.isEmpty()) {
      syscalls.changeMode(files, 0755);
      return;
    }
    FileStatus model = syscalls.status(lowers.getFirst());
    syscalls.changeOwner(files, model.uid(), model.gid());
    syscalls.changeMode(files, model.mode() & 07777);
  }

  /**
   * The chain ids of a stack, lowest first.
   *
   * @param top the chain id of its highest layer
   * @throws IOException if a layer is missing
   */
  public synchronized List<Digest> chain(Digest top) throws IOException {
    List<Digest> chain = new ArrayList<>();
    Optional<Digest> next = Optional.of(top);
    while (next.isPresent()) {
      chain.add(next.get());
      Layer layer = layers.get(next.get());
      if (layer == null) {
        throw new IOException("layer " + next.get() + " is not in the store");
      }
      next = layer.parent();
    }
    return chain.reversed();
  }

  private synchronized long nextNumber() {
    return ++sequence;
  }

  /**
   * The directories of layers, highest first, as overlayfs lists them.
   *
   * @param chain chain ids, lowest first
   * @throws IOException if one is missing
   */
  public synchronized List<Path> roots(List<Digest> chain) throws IOException {
    List<Path> roots = new ArrayList<>(chain.size());
    for (Digest chainId : chain.reversed()) {
      Layer layer = layers.get(chainId);
      if (layer == null) {
        throw new IOException("layer " + chainId + " is not in the store");
      }
      roots.add(layer.root());
    }
    return roots;
  }

  /**
   * Keeps layers from being collected while a snapshot stands on them.
   *
   * @throws IOException if one is missing
   */
  public synchronized List<Path> pin(String owner, List<Digest> chain) throws IOException {
    List<Path> roots = roots(chain);
    pins.put(owner, List.copyOf(chain));
    return roots;
  }

  public synchronized void unpin(String owner) {
    pins.remove(owner);
  }

  /**
   * Removes the layers that are neither in {@code keep} nor pinned.
   *
   * @return what was removed
   */
  public List<Layer> removeAllExcept(Set<Digest> keep) throws IOException {
    List<Layer> removed = new ArrayList<>();
    List<Path> doomed = new ArrayList<>();
    synchronized (this) {
      for (Layer layer : List.copyOf(layers.values())) {
        if (keep.contains(layer.chainId())
            || pins.values().stream().anyMatch(chain -> chain.contains(layer.chainId()))) {
          continue;
        }
        Path temporary = directory.resolve(TEMPORARY + nextNumber());
        Files.move(home(layer.chainId()), temporary);
        layers.remove(layer.chainId());
        unsealed.remove(layer.chainId());
        doomed.add(temporary);
        removed.add(layer);
      }
    }
    for (Path path : doomed) {
      DurableFiles.removeTree(path);
    }
    return removed;
  }
}
