package io.metanode.containers.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Runs processes in containers, each held by a shim that outlives the engine.
 *
 * <p>A run's state lives in one directory that the shim owns: its socket, its exit record, its pid.
 * After an engine restart {@link #reattach} finds it again.
 */
public interface ProcessRunner {

  /** Makes ready to start a container's first process; nothing runs yet. */
  PendingProcess container(ContainerLaunch launch) throws IOException;

  /** Makes ready to start one more process in a running container. */
  PendingProcess exec(ExecLaunch launch) throws IOException;

  /**
   * Finds a process that an earlier engine started: running, or ended with its exit record kept.
   * Empty if the run was never started or both the process and its shim are gone without a record
   * (the machine was restarted).
   */
  Optional<RunningProcess> reattach(Path stateDirectory) throws IOException;
}
