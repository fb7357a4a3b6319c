package io.metanode.containers.bundle;

import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.Containers;
import io.metanode.containers.engine.MountPoint;
import io.metanode.containers.engine.Run;
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
      if (entry.isEmpty()) {
        throw ApiException.badRequest("volumes-from specification cannot be an empty string");
      }
      int colon = entry.indexOf(':');
      Container other = containers.resolve(colon < 0 ? entry : entry.substring(0, colon));
      String mode = colon < 0 ? "" : entry.substring(colon + 1);
      boolean readOnly = !BindSpec.writableShared(mode);
      // Then its volumes were filled from its own image.
      boolean hasRun = !other.state().run().startedAt().equals(Run.NEVER);
      for (MountPoint mount : other.definition().mounts()) {
        if (!mount.type().equals("tmpfs")) {
          mounts.add(mount.shared(readOnly, hasRun && mount.type().equals("volume")));
        }
      }
    }
    return mounts;
  }
}
