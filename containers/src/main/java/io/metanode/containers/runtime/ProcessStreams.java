package io.metanode.containers.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * One attachment to a process's streams. A reader that does not keep up slows the process down; it
 * never loses bytes.
 */
public interface ProcessStreams extends AutoCloseable {

  /**
   * Output as the Docker API frames it, {@code [stream, 0, 0, 0, length big-endian 32]} then the
   * bytes; raw bytes where the process has a terminal. Ends when the process's output has ended.
   */
  InputStream output();

  /** The process's stdin. Closing it ends this client's stdin. */
  OutputStream input();

  @Override
  void close() throws IOException;
}
