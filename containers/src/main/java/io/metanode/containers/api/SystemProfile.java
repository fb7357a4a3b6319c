package io.metanode.containers.api;

import io.metanode.containers.RegistrySettings;
import io.metanode.containers.http.ApiVersion;
import java.nio.file.Path;

/**
 * What is fixed about this engine while it runs.
 *
 * @param nodeId a stable id of the node, as {@code /info} shows it
 * @param productVersion for example {@code 0.1.0}
 * @param buildTime when it was built, RFC 3339
 * @param home the data directory
 * @param runtime the OCI runtime's program
 * @param cgroupVersion 1 or 2
 * @param registries how registries are reached
 */
public record SystemProfile(
    String nodeId,
    String productVersion,
    String buildTime,
    Path home,
    Path runtime,
    int cgroupVersion,
    RegistrySettings registries) {

  /**
   * What clients hear that compare versions, as Testcontainers does, which wants 1.6 at least: the
   * Docker Engine whose API this is, then who it is as build metadata (semver.org, section 10).
   * Some take it apart at its dots and expect three numbers; our own version is in {@link
   * #platform}.
   */
  String engineVersion() {
    return ApiVersion.ENGINE + "+metanode";
  }

  /** What it is, and of which version. */
  String platform() {
    return "Metanode DockLock " + productVersion;
  }
}
