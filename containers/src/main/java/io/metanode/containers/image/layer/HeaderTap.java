package io.metanode.containers.image.layer;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the raw header blocks of the entry a tar reader is about to return, because attribute
 * values are binary and the reader decodes PAX records as text (pax, POSIX.1-2024; attributes as
 * {@code SCHILY.xattr.<name>}).
 */
public final class HeaderTap extends FilterInputStream {

  private static final int BLOCK = TarConstants.DEFAULT_RCDSIZE;
  private static final int MOST_HEADER_BYTES = 8 << 20;
  private static final int SIZE_OFFSET = 124;
  private static final int TYPE_OFFSET = 156;
  private static final String XATTR = "SCHILY.xattr.";

  private final ByteArrayOutputStream headers = new ByteArrayOutputStream();
  private boolean armed;
  private long offset;
  private int skew;

  public HeaderTap(InputStream in) {
    super(in);
  }

  /**
   * The next entry of the reader of this stream; its headers are kept. The content of the one
   * before must have been read.
   *
   * @return null at the end
   * @throws ArchiveException if it is malformed
   */
  public @Nullable TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
    headers.reset();
    skew = (int) ((BLOCK - offset % BLOCK) % BLOCK);
    armed = true;
    try {
      return entry(tar);
    } finally {
      armed = false;
    }
  }

  /** The same of a reader of any stream, keeping nothing. */
  public static @Nullable TarArchiveEntry entry(TarArchiveInputStream tar) throws IOException {
    try {
      return tar.getNextEntry();
    } catch (ArchiveException e) {
      throw e;
    } catch (IOException e) {
      throw new ArchiveException("malformed archive: " + e.getMessage(), e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int start, int length) throws IOException {
    int n = in.read(target, start, length);
    if (n > 0) {
      offset += n;
      if (armed) {
        if (headers.size() + n > MOST_HEADER_BYTES) {
          throw new ArchiveException("the archive has an entry whose header is too large");
        }
        headers.write(target, start, n);
      }
    }
    return n;
  }

  @Override
  public long skip(long n) throws IOException {
    return Math.max(0, read(new byte[(int) Math.min(n, 1 << 16)]));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** The extended attributes in the headers kept by {@link #next}. */
  public Map<String, byte[]> extendedAttributes() throws ArchiveException {
    byte[] kept = headers.toByteArray();
    Map<String, byte[]> attributes = new LinkedHashMap<>();
    byte[] block = new byte[BLOCK];
    int at = skew;
    while (at + BLOCK <= kept.length) {
      System.arraycopy(kept, at, block, 0, BLOCK);
      at += BLOCK;
      if (!TarUtils.verifyCheckSum(block)) {
        continue;
      }
      char type = (char) block[TYPE_OFFSET];
      if ("xgLK".indexOf(type) < 0) {
        break;
      }
      int size = size(block, kept.length - at);
      if (type == 'x') {
        records(kept, at, at + size, attributes);
      }
      at += (size + BLOCK - 1) / BLOCK * BLOCK;
    }
    return attributes;
  }

  private static int size(byte[] block, int most) throws ArchiveException {
    long size = TarUtils.parseOctalOrBinary(block, SIZE_OFFSET, 12);
    if (size < 0 || size > most) {
      throw new ArchiveException("the archive is truncated in a header");
    }
    return (int) size;
  }

  private static void records(byte[] kept, int from, int to, Map<String, byte[]> attributes)
      throws ArchiveException {
    int at = from;
    while (at < to && kept[at] != 0) {
      int digits = at;
      int length = 0;
      while (digits < to && kept[digits] >= '0' && kept[digits] <= '9' && digits - at < 8) {
        length = length * 10 + (kept[digits++] - '0');
      }
      int end = at + length;
      int equals = digits + 1;
      while (equals < to && kept[equals] != '=') {
        equals++;
      }
      if (length == 0 || end > to || equals >= end || kept[digits] != ' ') {
        throw new ArchiveException("the archive has a malformed PAX record");
      }
      String key = new String(kept, digits + 1, equals - digits - 1, StandardCharsets.UTF_8);
      if (key.startsWith(XATTR)) {
        byte[] value = new byte[end - 1 - (equals + 1)];
        System.arraycopy(kept, equals + 1, value, 0, value.length);
        attributes.put(key.substring(XATTR.length()), value);
      }
      at = end;
    }
  }
}
