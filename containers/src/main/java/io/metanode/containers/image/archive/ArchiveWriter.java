package io.metanode.containers.image.archive;

import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.JsonFields;
import io.metanode.containers.image.blob.Sha256;
import io.metanode.foundation.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes one tar that is both an OCI image layout and Docker's archive, as docker 25 and later do:
 * {@code blobs/sha256/<hex>}, {@code index.json}, {@code manifest.json}, {@code oci-layout}; or the
 * layout alone. Times are zero but for those of an image's own blobs, so equal images give equal
 * archives.
 */
public final class ArchiveWriter {

  private static final String BLOBS = "blobs/sha256/";

  /** Content by digest. */
  public record Blob(Digest digest, long size, String mediaType) {

    /** Fills in an OCI descriptor. */
    public void describe(ObjectNode descriptor) {
      descriptor.put("mediaType", mediaType);
      descriptor.put("digest", digest.toString());
      descriptor.put("size", size);
    }
  }

  /** Which tools are to read the archive. */
  public enum Form {
    /** Docker, and those that read image layouts. */
    DOCKER,
    /** The latter alone: without {@code manifest.json}. */
    OCI
  }

  /**
   * An image whose blobs were written.
   *
   * @param annotations of the index's entry
   */
  public record Entry(
      Digest manifest,
      String manifestType,
      Blob config,
      List<Blob> layers,
      List<Digest> diffIds,
      List<ImageReference> names,
      Map<String, String> annotations) {}

  /** Opens the content of a blob. */
  @FunctionalInterface
  public interface Source {
    InputStream open() throws IOException;
  }

  private final TarArchiveOutputStream tar;
  private final Set<Digest> written = new HashSet<>();
  private final Map<Digest, Long> sizes = new java.util.HashMap<>();

  public ArchiveWriter(OutputStream target) throws IOException {
    tar = new TarArchiveOutputStream(target, "UTF-8");
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    directory("blobs/");
    directory(BLOBS);
  }

  private void directory(String name) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setModTime(0);
    entry.setMode(0755);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  /**
   * Writes a blob, once however often it is asked for.
   *
   * @param changed when its file was last changed, by the archive
   */
  public void blob(Blob blob, Instant changed, Source source) throws IOException {
    if (written.add(blob.digest())) {
      try (InputStream in = source.open()) {
        file(BLOBS + blob.digest().hex(), blob.size(), changed, in);
      }
    }
  }

  /** Writes a document as a blob. */
  public Digest document(byte[] bytes) throws IOException {
    Digest digest = Sha256.of(bytes);
    sizes.put(digest, (long) bytes.length);
    blob(new Blob(digest, bytes.length, ""), Instant.EPOCH, () -> new ByteArrayInputStream(bytes));
    return digest;
  }

  private void file(String name, long size, Instant changed, InputStream content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setModTime(Math.max(0, changed.getEpochSecond()) * 1000);
    entry.setMode(0644);
    entry.setSize(size);
    tar.putArchiveEntry(entry);
    content.transferTo(tar);
    tar.closeArchiveEntry();
  }

  /** Writes the indexes and ends the archive. */
  public void finish(List<Entry> entries, Form form) throws IOException {
    ObjectNode index = JsonFields.MAPPER.createObjectNode();
    index.put("schemaVersion", 2);
    index.put("mediaType", "application/vnd.oci.image.index.v1+json");
    ArrayNode manifests = index.putArray("manifests");
    ArrayNode docker = JsonFields.MAPPER.createArrayNode();
    for (Entry entry : entries) {
      if (entry.names().isEmpty()) {
        describe(entry, Optional.empty(), manifests.addObject());
      }
      entry.names().forEach(name -> describe(entry, Optional.of(name), manifests.addObject()));
      docker(entry, docker.addObject());
    }
    json("index.json", index);
    if (form == Form.DOCKER) {
      json("manifest.json", docker);
    }
    ObjectNode layout = JsonFields.MAPPER.createObjectNode();
    layout.put("imageLayoutVersion", "1.0.0");
    json("oci-layout", layout);
    tar.finish();
    tar.flush();
  }

  private void describe(Entry entry, Optional<ImageReference> name, ObjectNode descriptor) {
    long size = sizes.getOrDefault(entry.manifest(), 0L);
    new Blob(entry.manifest(), size, entry.manifestType()).describe(descriptor);
    if (!entry.annotations().isEmpty() || name.isPresent()) {
      new TreeMap<>(entry.annotations()).forEach(descriptor.putObject("annotations")::put);
    }
    name.ifPresent(
        reference ->
            descriptor
                .withObjectProperty("annotations")
                .put("io.containerd.image.name", reference.toString())
                .put("org.opencontainers.image.ref.name", reference.tag().orElse("")));
  }

  private static void docker(Entry entry, ObjectNode json) {
    json.put("Config", BLOBS + entry.config().digest().hex());
    ArrayNode names = json.putArray("RepoTags");
    entry.names().forEach(name -> names.add(name.familiar()));
    ArrayNode layers = json.putArray("Layers");
    ObjectNode sources = json.putObject("LayerSources");
    for (int i = 0; i < entry.layers().size(); i++) {
      Blob layer = entry.layers().get(i);
      layers.add(BLOBS + layer.digest().hex());
      layer.describe(sources.putObject(entry.diffIds().get(i).toString()));
    }
  }

  private void json(String name, JsonNode json) throws IOException {
    byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
    file(name, bytes.length, Instant.EPOCH, new ByteArrayInputStream(bytes));
  }
}
