package io.metanode.containers.image;

import java.io.IOException;
import java.util.Optional;

/** The writable file systems of containers, each an overlay over an image's layers. */
public interface Snapshots {

  /** Makes the snapshot of a new container. Removes what it made if it fails. */
  Snapshot create(String containerId, Image image) throws IOException;

  /**
   * Makes one of an image's files as they are, to be mounted within a container.
   *
   * @param id the container's, a hyphen, and the number of the mount
   */
  Snapshot createMounted(String id, Image image) throws IOException;

  /** Finds the snapshot of a container, also after an engine restart. */
  Optional<Snapshot> open(String containerId) throws IOException;

  /**
   * Removes snapshots and mounts of containers that are not in {@code known}: what a crash left.
   */
  void removeAllExcept(java.util.Set<String> known) throws IOException;
}
