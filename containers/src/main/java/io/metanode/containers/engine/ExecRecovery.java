package io.metanode.containers.engine;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.runtime.ProcessExit;
import io.metanode.containers.runtime.RunningProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Takes up the execs that an earlier engine had started: those that run go on, and those that ended
 * are receipted, unless the earlier engine did that before it ended itself.
 */
final class ExecRecovery {

  private final EngineParts parts;
  private final ContainerStore store;
  private final Execs execs;
  private final ExecEnds ends;

  ExecRecovery(EngineParts parts, ContainerStore store, Execs execs, ExecEnds ends) {
    this.parts = parts;
    this.store = store;
    this.execs = execs;
    this.ends = ends;
  }

  /**
   * Takes up a container's. With its lock held.
   *
   * @return the names of their runs' directories
   */
  Set<String> run(Container container) throws ApiException, IOException {
    Set<String> directories = new HashSet<>();
    Path home = store.directory(container.id());
    for (ExecFiles.Session session : ExecFiles.sessions(home, container)) {
      Exec exec = session.exec();
      String directory = ExecFiles.runDirectory(exec.id());
      ExecFiles files = ExecFiles.of(home, exec.id());
      Optional<RunningProcess> found =
          parts.runner().reattach(parts.runDirectory().resolve(directory));
      if (found.isPresent()) {
        directories.add(directory);
        execs.found(exec);
        found(exec, found.get(), files);
      } else {
        if (!ends.receipted(exec, session.startedAt())) {
          Operations.awaitDurable(ends.reserve(exec).failed("nothing is left of it"));
        }
        files.delete();
      }
    }
    return directories;
  }

  private void found(Exec exec, RunningProcess process, ExecFiles files)
      throws ApiException, IOException {
    exec.started(process);
    if (process.hasEnded()) {
      ProcessExit exit = process.exit().join();
      if (ends.receipted(exec, exit.finishedAt())) {
        exec.ended(exit.exitCode());
        ends.clear(exec, process, files);
        return;
      }
    }
    var _ = ends.watch(exec, process, ends.reserve(exec), files);
  }
}
