package io.metanode.containers.registry;

import java.io.IOException;

/** Nobody waits for it any more. */
public final class CancelledException extends IOException {

  public CancelledException() {
    super("cancelled: the client is gone");
  }
}
