package io.metanode.containers.image.archive;

import io.metanode.containers.image.JsonFields;
import io.metanode.containers.image.blob.BlobStore;
import io.metanode.containers.image.blob.Sha256;
import io.metanode.containers.image.blob.StagedBlob;
import io.metanode.containers.image.layer.ArchiveException;
import io.metanode.containers.image.layer.InflatedStream;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.foundation.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * An image archive received in full. Its files lie under names of our own choosing; the names in
 * the archive are keys of a map and never reach the file system. Closing it removes what was not
 * stored.
 */
public final class StagedArchive implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MOST_FILES = 100_000;
  private static final int MOST_LINKS = 16;
  private static final int MOST_DOCUMENT_BYTES = 16 << 20;

  private final Map<String, StagedBlob> files = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();

  private StagedArchive() {}

  /**
   * Receives an archive, compressed or not.
   *
   * @throws ArchiveException if it is not a tar archive, or too large
   */
  public static StagedArchive receive(InputStream in, BlobStore blobs, UnpackLimits limits)
      throws IOException {
    StagedArchive archive = new StagedArchive();
    try (InflatedStream inflated = new InflatedStream(in, limits)) {
      TarArchiveInputStream tar =
          new TarArchiveInputStream(new BufferedInputStream(inflated, BUFFER_BYTES), "UTF-8");
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        archive.take(entry, tar, blobs);
      }
      inflated.finish();
      return archive;
    } catch (IllegalArgumentException e) {
      archive.close();
      throw new ArchiveException("not an image archive: " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  private void take(TarArchiveEntry entry, InputStream content, BlobStore blobs)
      throws IOException {
    String name = normal(entry.getName());
    if (files.size() + links.size() >= MOST_FILES) {
      throw new ArchiveException("the archive has more than " + MOST_FILES + " files");
    }
    if (entry.isSymbolicLink()) {
      int slash = name.lastIndexOf('/');
      links.put(name, normal(name.substring(0, slash + 1) + entry.getLinkName()));
    } else if (entry.isLink()) {
      links.put(name, normal(entry.getLinkName()));
    } else if (entry.isFile() && !entry.isDirectory()) {
      StagedBlob before = files.put(name, blobs.stage(content));
      if (before != null) {
        before.close();
      }
    }
  }

  private static String normal(String name) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : name.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }

  /** A file by its name in the archive; links in the archive are followed. */
  public Optional<StagedBlob> file(String name) {
    String current = normal(name);
    for (int i = 0; i < MOST_LINKS; i++) {
      StagedBlob file = files.get(current);
      String next = links.get(current);
      if (file != null || next == null) {
        return Optional.ofNullable(file);
      }
      current = next;
    }
    return Optional.empty();
  }

  /**
   * A file that must be there.
   *
   * @throws ArchiveException if it is not
   */
  public StagedBlob require(String name) throws ArchiveException {
    return file(name)
        .orElseThrow(() -> new ArchiveException("invalid archive: " + name + " is missing"));
  }

  /**
   * A blob of an OCI layout.
   *
   * @throws ArchiveException if it is missing, or its content is not what its name says
   */
  public StagedBlob blob(Digest digest) throws ArchiveException {
    StagedBlob blob = require("blobs/sha256/" + digest.hex());
    if (!blob.digest().equals(digest)) {
      throw new ArchiveException(
          "invalid archive: blob " + digest + " has the digest " + blob.digest());
    }
    return blob;
  }

  /** Pins what the archive holds: the digest of its files' names and digests, sorted. */
  public Digest digest() {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(files)
        .forEach((name, blob) -> lines.append(name).append(' ').append(blob.digest()).append('\n'));
    return Sha256.of(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** A JSON document. */
  static JsonNode json(StagedBlob blob) throws IOException {
    try {
      return JsonFields.MAPPER.readTree(blob.bytes(MOST_DOCUMENT_BYTES));
    } catch (JacksonException e) {
      throw new ArchiveException("invalid archive: malformed JSON: " + e.getOriginalMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    for (StagedBlob blob : files.values()) {
      blob.close();
    }
  }
}
