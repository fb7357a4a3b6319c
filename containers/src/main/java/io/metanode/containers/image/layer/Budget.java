package io.metanode.containers.image.layer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an archive has used of its limits while it is unpacked. */
public final class Budget {

  private static final long DISK_CHECK_BYTES = 64L << 20;

  private final UnpackLimits limits;
  private final Path directory;
  private long entries;
  private long bytes;
  private long unchecked = DISK_CHECK_BYTES;

  /**
   * @param directory where it is unpacked
   */
  public Budget(UnpackLimits limits, Path directory) {
    this.limits = limits;
    this.directory = directory;
  }

  /** One entry more. */
  public void entry(String name) throws IOException {
    if (++entries > limits.mostEntries()) {
      throw new ArchiveException("the archive has more than " + limits.mostEntries() + " entries");
    }
    if (name.length() > limits.mostPathBytes()) {
      throw new ArchiveException(
          "the archive has a path longer than " + limits.mostPathBytes() + " bytes");
    }
  }

  /** Room for a file, before it is written. */
  public void file(long size) throws IOException {
    if (size < 0 || size > limits.mostBytes() - bytes) {
      throw new ArchiveException(
          "the archive unpacks to more than " + limits.mostBytes() + " bytes");
    }
    bytes += size;
  }

  /**
   * Bytes about to reach the disk, which is looked at with the first of them and every 64 MiB.
   *
   * @throws IOException if less would be left than is to be kept free
   */
  public void write(int length) throws IOException {
    unchecked += length;
    if (unchecked < DISK_CHECK_BYTES) {
      return;
    }
    unchecked = 0;
    long free = Files.getFileStore(directory).getUsableSpace();
    if (free < limits.keepFreeBytes() + DISK_CHECK_BYTES) {
      throw new IOException(
          "no space left on device: " + (free >> 20) + " MiB free where images are kept");
    }
  }
}
