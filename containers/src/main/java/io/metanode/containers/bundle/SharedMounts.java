package io.metanode.containers.bundle;

import io.metanode.containers.engine.Containers;
import io.metanode.containers.engine.MountPoint;
import io.metanode.containers.http.ApiException;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code VolumesFrom}: the binds and volumes of other containers, {@code name[:mode]}. */
final class SharedMounts {

  private final Containers containers;

  SharedMounts(Containers containers) {
    this.containers = containers;
  }

  /**
   * @throws ApiException 400 in Docker's words if an entry is malformed, 404 if there is no such
   *     container
   */
  List<MountPoint> resolve(List<String> entries) throws ApiException {
    List<MountPoint> mounts = new ArrayList<>();
    for (String entry : entries) {
      int colon = entry.indexOf(':');
      String name = colon < 0 ? entry : entry.substring(0, colon);
      String mode = colon < 0 ? "rw" : entry.substring(colon + 1);
      if (name.isEmpty()) {
        throw ApiException.badRequest("invalid volumes-from specification: '" + entry + "'");
      }
      if (!List.of("rw", "ro", "z", "Z", "ro,z", "ro,Z", "rw,z", "rw,Z").contains(mode)) {
        throw ApiException.badRequest("invalid mode for volumes-from: " + mode);
      }
      boolean readOnly = mode.startsWith("ro");
      for (MountPoint mount : containers.resolve(name).definition().mounts()) {
        if (!mount.type().equals("tmpfs")) {
          mounts.add(shared(mount, readOnly));
        }
      }
    }
    return mounts;
  }

  /** An anonymous volume belongs to the container it was made for, and goes with that one. */
  private static MountPoint shared(MountPoint mount, boolean readOnly) {
    return new MountPoint(
        mount.type(),
        mount.name(),
        mount.source(),
        mount.destination(),
        mount.mode(),
        mount.writable() && !readOnly,
        mount.propagation(),
        mount.options(),
        mount.copies(),
        false);
  }
}
