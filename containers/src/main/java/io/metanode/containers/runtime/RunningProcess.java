package io.metanode.containers.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A process a shim holds, running or ended. */
public interface RunningProcess {

  /** The process's pid on the host. */
  int pid();

  /**
   * Completes when the process has ended and all its output is in the log. Each call makes another
   * future, which is held until then: who only asks takes {@link #hasEnded}.
   */
  CompletableFuture<ProcessExit> exit();

  /** Whether {@link #exit} is complete. */
  boolean hasEnded();

  /** Sends a signal to the process, and to no other that may have got its pid. */
  void signal(int signal) throws IOException;

  /** Sets the terminal's size. Ignored without a terminal. */
  void resize(int rows, int columns) throws IOException;

  ProcessStreams attach(StreamSelection selection) throws IOException;

  /**
   * Changes what is read of its links after its end.
   *
   * @param goneBytes what links that are gone counted
   * @param counters the files with the counts of those there are
   */
  void countEgress(long goneBytes, List<Path> counters) throws IOException;

  /** After the end: lets the shim go and removes the run's state. */
  void release() throws IOException;
}
