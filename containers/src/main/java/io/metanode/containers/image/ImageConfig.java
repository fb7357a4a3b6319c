package io.metanode.containers.image;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an image says of the containers made from it (OCI image-spec, config.md, with Docker's
 * additions).
 */
public record ImageConfig(
    Map<String, String> labels,
    List<String> environment,
    List<String> entrypoint,
    List<String> command,
    String workingDirectory,
    String user,
    Set<String> exposedPorts,
    Set<String> volumes,
    String stopSignal,
    Optional<HealthCheck> healthCheck,
    List<String> shell,
    List<String> onBuild) {

  /** A health check; durations in nanoseconds, 0 for the default. */
  public record HealthCheck(
      List<String> test,
      long intervalNanos,
      long timeoutNanos,
      long startPeriodNanos,
      long startIntervalNanos,
      int retries) {}
}
