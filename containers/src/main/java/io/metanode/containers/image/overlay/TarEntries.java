package io.metanode.containers.image.overlay;

import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.Syscalls.FileStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes tar entries with binary extended attributes, which the library's PAX records, being text,
 * cannot hold. An entry that needs a PAX header gets exactly one.
 */
public final class TarEntries implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int USTAR_NAME_BYTES = 100;

  private final TarArchiveOutputStream tar;

  public TarEntries(OutputStream target) {
    tar = new TarArchiveOutputStream(target, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_TRUNCATE);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
  }

  /** Writes an entry; content shorter than the entry's size is padded, longer is cut. */
  public void put(TarArchiveEntry entry, Map<String, byte[]> attributes, InputStream content)
      throws IOException {
    byte[] records = records(entry, attributes);
    if (records.length > 0) {
      TarArchiveEntry header =
          new TarArchiveEntry("PaxHeaders/entry", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
      header.setModTime(entry.getModTime());
      header.setSize(records.length);
      tar.putArchiveEntry(header);
      tar.write(records);
      tar.closeArchiveEntry();
    }
    tar.putArchiveEntry(entry);
    copy(content, entry.getSize());
    tar.closeArchiveEntry();
  }

  /**
   * Writes what stands at a path of this host, a link as itself; not a socket, which tar has no
   * form for.
   *
   * @param first the name under which the same file was written before, for a hard link
   */
  public void put(
      String name,
      Path file,
      FileStatus status,
      Optional<String> first,
      Map<String, byte[]> attributes)
      throws IOException {
    if (first.isPresent()) {
      TarArchiveEntry link = header(name, TarConstants.LF_LINK, status);
      link.setLinkName(first.get());
      put(link, Map.of(), InputStream.nullInputStream());
      return;
    }
    switch (status.mode() & Constants.S_IFMT) {
      case Constants.S_IFDIR -> empty(header(name + "/", TarConstants.LF_DIR, status), attributes);
      case Constants.S_IFLNK -> {
        TarArchiveEntry link = header(name, TarConstants.LF_SYMLINK, status);
        link.setLinkName(Files.readSymbolicLink(file).toString());
        empty(link, attributes);
      }
      case Constants.S_IFCHR -> empty(device(name, TarConstants.LF_CHR, status), attributes);
      case Constants.S_IFBLK -> empty(device(name, TarConstants.LF_BLK, status), attributes);
      case Constants.S_IFIFO -> empty(header(name, TarConstants.LF_FIFO, status), attributes);
      case Constants.S_IFREG -> {
        TarArchiveEntry entry = header(name, TarConstants.LF_NORMAL, status);
        entry.setSize(status.size());
        try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
          put(entry, attributes, content);
        }
      }
      default -> throw new IOException("tar has no form for " + file);
    }
  }

  private void empty(TarArchiveEntry entry, Map<String, byte[]> attributes) throws IOException {
    put(entry, attributes, InputStream.nullInputStream());
  }

  /** An entry with what a file's status says of it; without content. */
  public static TarArchiveEntry header(String name, byte type, FileStatus status) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setMode(status.mode() & 07777);
    entry.setUserId(Integer.toUnsignedLong(status.uid()));
    entry.setGroupId(Integer.toUnsignedLong(status.gid()));
    entry.setModTime(status.modifySeconds() * 1000);
    return entry;
  }

  public static TarArchiveEntry device(String name, byte type, FileStatus status) {
    TarArchiveEntry entry = header(name, type, status);
    entry.setDevMajor((int) Constants.deviceMajor(status.specialDevice()));
    entry.setDevMinor((int) Constants.deviceMinor(status.specialDevice()));
    return entry;
  }

  /** Those of its attributes that belong to a file rather than to this host. */
  public static Map<String, byte[]> kept(Map<String, byte[]> attributes) {
    Map<String, byte[]> kept = new LinkedHashMap<>();
    attributes.forEach(
        (name, value) -> {
          if (name.startsWith("user.") || name.equals("security.capability")) {
            kept.put(name, value);
          }
        });
    return kept;
  }

  private static byte[] records(TarArchiveEntry entry, Map<String, byte[]> attributes) {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    named(records, "path", entry.getName());
    named(records, "linkpath", entry.getLinkName());
    attributes.forEach((name, value) -> record(records, "SCHILY.xattr." + name, value));
    return records.toByteArray();
  }

  private static void named(ByteArrayOutputStream records, String key, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= USTAR_NAME_BYTES || bytes.length != name.length()) {
      record(records, key, bytes);
    }
  }

  /** {@code <length> <key>=<value>\n}, the length counting itself. */
  private static void record(ByteArrayOutputStream records, String key, byte[] value) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    int rest = keyBytes.length + value.length + 3;
    int length = rest + Integer.toString(rest).length();
    length = rest + Integer.toString(length).length();
    records.writeBytes((length + " ").getBytes(StandardCharsets.US_ASCII));
    records.writeBytes(keyBytes);
    records.write('=');
    records.writeBytes(value);
    records.write('\n');
  }

  /** A file of a running container may change its length while it is read. */
  private void copy(InputStream content, long size) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long left = size;
    while (left > 0) {
      int want = (int) Math.min(left, buffer.length);
      int n = content.readNBytes(buffer, 0, want);
      java.util.Arrays.fill(buffer, n, want, (byte) 0);
      tar.write(buffer, 0, want);
      left -= want;
    }
  }

  @Override
  public void close() throws IOException {
    tar.finish();
    tar.flush();
  }
}
