package io.metanode.containers.buildkit;

import io.metanode.containers.buildkit.wire.StatusResponse;
import java.io.IOException;

/** Where a build's progress goes. */
@FunctionalInterface
interface StatusSink {

  /**
   * @throws IOException if nobody listens any more
   */
  void put(StatusResponse status) throws IOException;
}
