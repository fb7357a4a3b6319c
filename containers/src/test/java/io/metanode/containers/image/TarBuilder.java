package io.metanode.containers.image;

import io.metanode.containers.image.blob.Sha256;
import io.metanode.foundation.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes tar archives for tests, the hostile ones too: names are written as they are given. */
public final class TarBuilder {

  /** The same for every entry, so that the same content has the same digest each time. */
  private static final FileTime WRITTEN = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

  public TarBuilder() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
  }

  public TarBuilder file(String name, String content) {
    return file(name, content, entry -> {});
  }

  public TarBuilder file(String name, String content, Consumer<TarArchiveEntry> change) {
    return entry(name, TarConstants.LF_NORMAL, content.getBytes(StandardCharsets.UTF_8), change);
  }

  public TarBuilder directory(String name, int mode) {
    return entry(name + "/", TarConstants.LF_DIR, new byte[0], entry -> entry.setMode(mode));
  }

  public TarBuilder symlink(String name, String target) {
    return entry(name, TarConstants.LF_SYMLINK, new byte[0], entry -> entry.setLinkName(target));
  }

  public TarBuilder hardLink(String name, String target) {
    return entry(name, TarConstants.LF_LINK, new byte[0], entry -> entry.setLinkName(target));
  }

  public TarBuilder device(String name, int major, int minor) {
    return entry(
        name,
        TarConstants.LF_CHR,
        new byte[0],
        entry -> {
          entry.setDevMajor(major);
          entry.setDevMinor(minor);
        });
  }

  /** An entry after a PAX header with the given binary records. */
  public TarBuilder withRecords(String name, String content, Map<String, byte[]> records) {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    records.forEach((key, value) -> record(header, key, value));
    entry("PaxHeader", TarConstants.LF_PAX_EXTENDED_HEADER_LC, header.toByteArray(), entry -> {});
    return file(name, content);
  }

  private static void record(ByteArrayOutputStream header, String key, byte[] value) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    int rest = keyBytes.length + value.length + 3;
    int length = rest + 1;
    while (rest + Integer.toString(length).length() != length) {
      length++;
    }
    header.writeBytes((length + " ").getBytes(StandardCharsets.US_ASCII));
    header.writeBytes(keyBytes);
    header.write('=');
    header.writeBytes(value);
    header.write('\n');
  }

  public TarBuilder entry(
      String name, byte type, byte[] content, Consumer<TarArchiveEntry> change) {
    try {
      TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
      entry.setSize(content.length);
      entry.setModTime(WRITTEN);
      change.accept(entry);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
      return this;
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
  }

  public byte[] bytes() {
    try {
      tar.finish();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
  }

  public static byte[] gzip(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
    return packed.toByteArray();
  }

  public static Digest digest(byte[] content) {
    return Sha256.of(content);
  }

  public static InputStream stream(byte[] content) {
    return new ByteArrayInputStream(content);
  }

  /** A docker archive of one image with these layers. */
  public static byte[] dockerArchive(String name, byte[]... layers) {
    StringBuilder diffIds = new StringBuilder();
    StringBuilder paths = new StringBuilder();
    TarBuilder archive = new TarBuilder();
    for (int i = 0; i < layers.length; i++) {
      String comma = i == 0 ? "" : ",";
      diffIds.append(comma).append('"').append(digest(layers[i])).append('"');
      paths.append(comma).append("\"l").append(i).append("/layer.tar\"");
      byte[] layer = layers[i];
      archive.entry("l" + i + "/layer.tar", TarConstants.LF_NORMAL, layer, entry -> {});
    }
    String config =
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"created\":\"2026-01-01T00:00:00Z\","
            + "\"config\":{\"Cmd\":[\"/bin/sh\"]},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
            + diffIds
            + "]}}";
    String manifest =
        "[{\"Config\":\"c.json\",\"RepoTags\":[\"" + name + "\"],\"Layers\":[" + paths + "]}]";
    return archive.file("c.json", config).file("manifest.json", manifest).bytes();
  }
}
