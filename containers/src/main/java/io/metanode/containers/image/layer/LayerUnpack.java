package io.metanode.containers.image.layer;

import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Unpacks one layer archive into an empty directory. */
final class LayerUnpack {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int RECORD_BYTES = 512;

  private final Syscalls syscalls;
  private final UnpackLimits limits;

  LayerUnpack(Syscalls syscalls, UnpackLimits limits) {
    this.syscalls = syscalls;
    this.limits = limits;
  }

  /** What came out. */
  record Result(Digest diffId, long sizeBytes) {}

  /**
   * @param root an empty directory; on failure what is in it is the caller's to remove
   * @param lowers roots of the layers beneath, highest first
   */
  Result run(Path root, List<Path> lowers, InputStream compressed) throws IOException {
    try (InflatedStream inflated = new InflatedStream(compressed, limits)) {
      long size = entries(root, lowers, inflated);
      return new Result(inflated.finish(), size);
    } catch (InvalidPathException e) {
      throw new ArchiveException("the archive has a name that cannot be a file's", e);
    } catch (IllegalArgumentException e) {
      throw new ArchiveException("malformed archive: " + e.getMessage(), e);
    }
  }

  private long entries(Path root, List<Path> lowers, InflatedStream inflated) throws IOException {
    Budget budget = new Budget(limits, root);
    LayerWriter writer = new LayerWriter(root, lowers, syscalls, budget);
    HeaderTap tap = new HeaderTap(new BufferedInputStream(inflated, BUFFER_BYTES));
    long size = 0;
    boolean begun = false;
    TarArchiveInputStream tar = new TarArchiveInputStream(tap, "UTF-8");
    for (TarArchiveEntry entry = tap.next(tar); entry != null; entry = tap.next(tar)) {
      begun = true;
      budget.entry(entry.getName());
      writer.write(entry, tar, tap.extendedAttributes());
      if (entry.isFile()) {
        size += entry.getRealSize();
      }
      tar.transferTo(OutputStream.nullOutputStream());
    }
    if (!begun && tar.getBytesRead() % RECORD_BYTES != 0) {
      throw new ArchiveException("malformed archive: unexpected end");
    }
    writer.finish();
    return size;
  }
}
