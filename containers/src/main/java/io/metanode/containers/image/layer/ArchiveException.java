package io.metanode.containers.image.layer;

import java.io.IOException;

/** An archive that is malformed, hostile, or not what its digest says. */
public final class ArchiveException extends IOException {

  public ArchiveException(String message) {
    super(message);
  }

  public ArchiveException(String message, Throwable cause) {
    super(message, cause);
  }
}
