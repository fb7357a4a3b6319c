package io.metanode.containers.files;

import io.metanode.containers.image.layer.ArchiveException;
import io.metanode.containers.image.layer.HeaderTap;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.InvalidPathException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads a tar archive entry by entry and has each made. */
public final class ArchiveInput {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int RECORD_BYTES = 512;

  private ArchiveInput() {}

  /**
   * @param uncompressed the archive
   * @throws ArchiveException if it is malformed; what came before is made
   * @throws IOException if an entry cannot be made, in Docker's words
   */
  public static void read(InputStream uncompressed, ArchiveTarget target) throws IOException {
    HeaderTap tap = new HeaderTap(new BufferedInputStream(uncompressed, BUFFER_BYTES));
    TarArchiveInputStream tar = new TarArchiveInputStream(tap, "UTF-8");
    boolean begun = false;
    try {
      for (TarArchiveEntry entry = tap.next(tar); entry != null; entry = tap.next(tar)) {
        begun = true;
        target.make(entry, tar, tap.extendedAttributes());
        tar.transferTo(OutputStream.nullOutputStream());
      }
    } catch (InvalidPathException e) {
      throw new ArchiveException("the archive has a name that cannot be a file's", e);
    } catch (IllegalArgumentException e) {
      throw new ArchiveException("malformed archive: " + e.getMessage(), e);
    }
    if (!begun && tar.getBytesRead() % RECORD_BYTES != 0) {
      throw new ArchiveException("unexpected EOF");
    }
    target.finish();
  }
}
