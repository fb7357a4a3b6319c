package io.metanode.containers.image.layer;

import io.metanode.containers.image.blob.Sha256;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.MemoryLimitException;

/**
 * An archive read uncompressed: hashed as it is read, and refused once it grows beyond the limits.
 * Damage of the compressed form shows as an {@link ArchiveException}.
 */
public final class InflatedStream extends InputStream {

  private static final int BUFFER_BYTES = 1 << 16;

  private final CountingStream source;
  private final InputStream inflated;
  private final UnpackLimits limits;
  private final @Nullable MessageDigest hash;
  private long count;

  public InflatedStream(InputStream compressed, UnpackLimits limits) throws IOException {
    this(compressed, limits, Sha256.start());
  }

  private InflatedStream(InputStream compressed, UnpackLimits limits, @Nullable MessageDigest hash)
      throws IOException {
    this.hash = hash;
    this.source = new CountingStream(compressed);
    this.inflated = Compression.inflate(source);
    this.limits = limits;
  }

  /** One that is not hashed, and is read to its end by {@link #drain}. */
  public static InflatedStream unhashed(InputStream compressed, UnpackLimits limits)
      throws IOException {
    return new InflatedStream(compressed, limits, null);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int n;
    try {
      n = inflated.read(target, offset, length);
    } catch (ArchiveException e) {
      throw e;
    } catch (MemoryLimitException e) {
      throw Compression.tooLarge(e);
    } catch (IOException | IllegalStateException e) {
      throw new ArchiveException("damaged archive: " + e.getMessage(), e);
    }
    if (n > 0) {
      if (hash != null) {
        hash.update(target, offset, n);
      }
      count += n;
      check();
    }
    return n;
  }

  private void check() throws ArchiveException {
    if (count > limits.mostBytes()) {
      throw new ArchiveException(
          "the archive unpacks to more than " + limits.mostBytes() + " bytes");
    }
    if (count > limits.ratioFreeBytes()
        && count - limits.ratioFreeBytes() > source.count() * limits.mostRatio()) {
      throw new ArchiveException(
          "the archive unpacks to more than "
              + limits.mostRatio()
              + " times its size: refused as a decompression bomb");
    }
  }

  /** Reads to the end and returns the digest of everything: the layer's diff id. */
  public Digest finish() throws IOException {
    drain();
    if (hash == null) {
      throw new IllegalStateException("nothing was hashed");
    }
    return Digest.ofBytes(hash.digest());
  }

  /** Reads to the end. */
  public void drain() throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    int n;
    do {
      n = read(buffer, 0, buffer.length);
    } while (n >= 0);
  }

  /** Uncompressed bytes read so far. */
  public long count() {
    return count;
  }

  @Override
  public void close() throws IOException {
    inflated.close();
  }
}
