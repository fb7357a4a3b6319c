package io.metanode.containers.api;

import io.metanode.containers.engine.Container;
import io.metanode.containers.runtime.StreamSelection;
import java.io.IOException;
import java.io.OutputStream;

/** Reads the logs of containers. */
public interface ContainerLogs {

  /** Writes all that was logged, framed unless the container has a terminal. */
  void writeAll(Container container, StreamSelection selection, OutputStream target)
      throws IOException;
}
