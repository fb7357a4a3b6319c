package io.metanode.containers.bundle;

import io.metanode.containers.spec.MountPoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The program that {@code --init} puts before a container's own, mounted where Docker mounts it: it
 * passes signals on and reaps what is left over.
 *
 * @param path on the host
 */
record InitProgram(Path path) {

  private static final String TARGET = "/sbin/docker-init";

  MountPoint mount() {
    return MountPoint.bind(path.toString(), TARGET, true, "rprivate");
  }

  static List<String> before(List<String> arguments) {
    List<String> all = new ArrayList<>(List.of(TARGET, "--"));
    all.addAll(arguments);
    return all;
  }
}
