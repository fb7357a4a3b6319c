package io.metanode.containers.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The mounts of an OCI configuration: Docker's own, replaced and joined by the container's. */
final class OciMounts {

  private OciMounts() {}

  /** Parents before children, so that none hides another by accident. */
  static List<MountPoint> of(ContainerSettings settings) {
    Set<String> own =
        settings.mounts().stream()
            .map(mount -> normal(mount.destination()))
            .collect(Collectors.toUnmodifiableSet());
    List<MountPoint> all = new ArrayList<>();
    for (MountPoint mount : DockerDefaults.mounts(settings.privileged(), settings.shmBytes())) {
      boolean hidden = own.contains("/dev") && mount.destination().startsWith("/dev/");
      boolean none = settings.shmBytes() == 0 && mount.destination().equals("/dev/shm");
      if (!hidden && !none && !own.contains(mount.destination())) {
        all.add(mount);
      }
    }
    settings.mounts().stream()
        .sorted(Comparator.comparingInt(mount -> Path.of(mount.destination()).getNameCount()))
        .forEach(all::add);
    return all;
  }

  /** What the root's propagation must be for the container's mounts to work. */
  static Optional<String> rootPropagation(List<MountPoint> mounts) {
    if (mounts.stream().anyMatch(mount -> has(mount, "shared"))) {
      return Optional.of("shared");
    }
    return mounts.stream().anyMatch(mount -> has(mount, "slave"))
        ? Optional.of("slave")
        : Optional.empty();
  }

  private static boolean has(MountPoint mount, String propagation) {
    return mount.options().contains(propagation) || mount.options().contains("r" + propagation);
  }

  static void write(ArrayNode array, List<MountPoint> mounts) {
    for (MountPoint mount : mounts) {
      ObjectNode json = array.addObject();
      json.put("destination", mount.destination());
      json.put("type", mount.type());
      json.put("source", mount.source());
      OciProcess.addAll(json.putArray("options"), mount.options());
    }
  }

  private static String normal(String path) {
    return Path.of(path).normalize().toString();
  }
}
