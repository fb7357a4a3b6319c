package io.metanode.containers.runtime;

import java.io.IOException;

/** A process made ready and not started. Closing it unstarted removes its state. */
public interface PendingProcess extends AutoCloseable {

  /** A connection that carries the process's output from its first byte on. */
  ProcessStreams attach(StreamSelection selection) throws IOException;

  /** The size of its terminal from its first moment on. */
  void resize(int rows, int columns);

  /**
   * Starts it and returns once the OCI runtime has executed the program.
   *
   * @throws StartException if the program cannot be executed, with Docker's exit code
   */
  RunningProcess start() throws StartException, IOException;

  @Override
  void close();
}
