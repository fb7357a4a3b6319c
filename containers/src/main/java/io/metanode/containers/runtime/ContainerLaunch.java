package io.metanode.containers.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How to start a container.
 *
 * @param id the container's id, 64 hexadecimal digits
 * @param stateDirectory an empty directory for this run's state; its path is short enough for a
 *     unix socket in it
 * @param bundle the OCI bundle, holding {@code config.json}
 * @param terminal whether the process gets a pseudo-terminal
 * @param openStdin whether stdin is held open; else it is {@code /dev/null}
 * @param stdinOnce whether stdin closes when the first attached client's stdin ends
 * @param log where output is kept, if anywhere
 * @param namespaceDescriptor the engine's descriptor of the network namespace, which the shim holds
 *     until it has read the egress counter
 * @param egressCounters the files with the bytes the container sent, one a link, read by the shim
 *     when the container has ended
 */
public record ContainerLaunch(
    String id,
    Path stateDirectory,
    Path bundle,
    boolean terminal,
    boolean openStdin,
    boolean stdinOnce,
    Optional<LogFile> log,
    OptionalInt namespaceDescriptor,
    List<Path> egressCounters) {

  public ContainerLaunch {
    egressCounters = List.copyOf(egressCounters);
  }

  /**
   * A log and its bounds.
   *
   * @param path the newest file; older ones get {@code .1}, {@code .2} and so on
   * @param maxBytes the size at which a file is rotated; -1 for no bound
   * @param maxFiles how many files are kept
   */
  public record LogFile(Path path, long maxBytes, int maxFiles) {}
}
