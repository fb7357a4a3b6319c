package io.metanode.containers.image.layer;

import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.sys.Syscalls.FileStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * How layers say that something below them is gone: in archives by {@code .wh.} names (OCI
 * image-spec, layer.md, "Whiteouts"), on disk as overlayfs wants it (Linux,
 * Documentation/filesystems/overlayfs.rst).
 */
public final class Whiteouts {

  /** How names of whiteouts in archives begin; no file can be named so in a layer. */
  public static final String PREFIX = ".wh.";

  static final String META_PREFIX = ".wh..wh.";

  /** The file in an archive that makes its directory opaque. */
  public static final String OPAQUE_MARK = ".wh..wh..opq";

  /** The attribute of a directory that hides what is below it. */
  public static final String OPAQUE = "trusted.overlay.opaque";

  static final byte[] YES = "y".getBytes(StandardCharsets.US_ASCII);

  private Whiteouts() {}

  /** What a whiteout on disk is called in an archive. */
  public static String archiveName(String name) {
    int slash = name.lastIndexOf('/') + 1;
    return name.substring(0, slash) + PREFIX + name.substring(slash);
  }

  /** Whether a file is a whiteout: a character device 0/0. */
  public static boolean isWhiteout(FileStatus status) {
    return (status.mode() & Constants.S_IFMT) == Constants.S_IFCHR && status.specialDevice() == 0;
  }

  public static boolean isOpaque(Path directory, Syscalls syscalls) throws IOException {
    return syscalls.extendedAttributes(directory).containsKey(OPAQUE);
  }

  static void makeOpaque(Path directory, Syscalls syscalls) throws IOException {
    syscalls.setExtendedAttribute(directory, OPAQUE, YES);
  }

  static void makeWhiteout(Path path, Syscalls syscalls) throws IOException {
    syscalls.makeNode(path, Constants.S_IFCHR, 0);
  }
}
