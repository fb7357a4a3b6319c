package io.metanode.containers;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the engine lives.
 *
 * @param socket the unix socket that serves the Docker Engine API
 * @param socketPermissions of the socket, as in {@code rw-rw----}
 * @param socketGroup the group that owns the socket; empty for the process's
 * @param home the data directory; survives restarts of the machine
 * @param runDirectory where runs keep their sockets; at most 60 characters, gone with the machine
 * @param runtime the program runc
 * @param launcher what starts containers
 * @param quickJoins whether the host's cgroups may be remounted so that containers start sooner,
 *     which affects the whole host (docs/decisions/0021)
 * @param registries how it talks to registries
 * @param productVersion for example {@code 0.1.0}
 */
public record DockLockConfig(
    Path socket,
    String socketPermissions,
    Optional<String> socketGroup,
    Path home,
    Path runDirectory,
    Path runtime,
    LauncherChoice launcher,
    boolean quickJoins,
    RegistrySettings registries,
    String productVersion) {

  private static final int LONGEST_RUN_DIRECTORY = 60;

  /**
   * @throws IllegalArgumentException if the run directory's path is too long for sockets in it
   */
  public DockLockConfig {
    if (runDirectory.toString().length() > LONGEST_RUN_DIRECTORY) {
      throw new IllegalArgumentException(
          "the run directory's path is longer than 60 characters: " + runDirectory);
    }
  }
}
