package io.metanode.containers.image.layer;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZInputStream;

/** How an archive is compressed, told by its first bytes. */
public enum Compression {
  NONE,
  GZIP,
  ZSTD,
  BZIP2,
  XZ;

  private static final int MAGIC_BYTES = 6;

  /** Unpacking holds the whole dictionary: that of {@code xz -7}, and what comes with it. */
  private static final int XZ_MEMORY_KIB = 18 * 1024;

  /** Reads an archive uncompressed, whatever it is compressed with. */
  public static InputStream inflate(InputStream in) throws IOException {
    PushbackInputStream source = new PushbackInputStream(in, MAGIC_BYTES);
    byte[] head = source.readNBytes(MAGIC_BYTES);
    source.unread(head);
    try {
      return switch (of(head)) {
        case NONE -> source;
        case GZIP ->
            GzipCompressorInputStream.builder()
                .setInputStream(source)
                .setDecompressConcatenated(true)
                .get();
        case ZSTD -> new ZstdInputStream(source);
        case BZIP2 -> new BZip2CompressorInputStream(source, true);
        case XZ -> new XZInputStream(source, XZ_MEMORY_KIB);
      };
    } catch (IOException e) {
      throw new ArchiveException("damaged archive: " + e.getMessage(), e);
    }
  }

  /** What is told of an archive whose dictionary is too large to hold, found when it is read. */
  public static ArchiveException tooLarge(MemoryLimitException failure) {
    return new ArchiveException(
        "compressed by xz with a dictionary above 16 MiB; compress it with xz -7 or less, or by"
            + " zstd",
        failure);
  }

  /** Tells the compression of a stream that starts with {@code head}. */
  public static Compression of(byte[] head) {
    if (starts(head, 0x1f, 0x8b)) {
      return GZIP;
    }
    if (starts(head, 0x28, 0xb5, 0x2f, 0xfd)
        || (head.length > 3 && (head[0] & 0xf0) == 0x50 && startsAt(head, 1, 0x2a, 0x4d, 0x18))) {
      return ZSTD;
    }
    if (starts(head, 'B', 'Z', 'h')) {
      return BZIP2;
    }
    return starts(head, 0xfd, '7', 'z', 'X', 'Z') ? XZ : NONE;
  }

  /** What the OCI media type of a layer says. */
  public String layerMediaType() {
    String tar = "application/vnd.oci.image.layer.v1.tar";
    return switch (this) {
      case GZIP -> tar + "+gzip";
      case ZSTD -> tar + "+zstd";
      case BZIP2 -> tar + "+bzip2";
      case XZ -> tar + "+xz";
      case NONE -> tar;
    };
  }

  private static boolean starts(byte[] head, int... magic) {
    return startsAt(head, 0, magic);
  }

  private static boolean startsAt(byte[] head, int offset, int... magic) {
    if (head.length < offset + magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((head[offset + i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
