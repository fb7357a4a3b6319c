package io.metanode.containers.bundle;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.spec.MountPoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The program that {@code --init} puts before a container's own: it passes signals on and reaps
 * what is left over. It is the host's static {@code tini}, mounted where Docker mounts it.
 */
final class InitProgram {

  private static final String TARGET = "/sbin/docker-init";
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/bin/docker-init"),
          Path.of("/usr/libexec/docker/docker-init"),
          Path.of("/usr/bin/tini-static"));

  private InitProgram() {}

  /**
   * Finds it.
   *
   * @throws ApiException 400 if this host has none
   */
  static Path require() throws ApiException {
    Optional<Path> found = PLACES.stream().filter(Files::isExecutable).findFirst();
    return found.orElseThrow(
        () ->
            ApiException.badRequest(
                "--init needs a static tini on the host, at one of "
                    + PLACES
                    + "; Debian's package tini has it"));
  }

  static MountPoint mount() throws ApiException {
    return MountPoint.bind(require().toString(), TARGET, true, "rprivate");
  }

  static List<String> before(List<String> arguments) {
    List<String> all = new ArrayList<>(List.of(TARGET, "--"));
    all.addAll(arguments);
    return all;
  }
}
