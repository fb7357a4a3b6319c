package io.metanode.containers.engine;

import io.metanode.containers.config.ContainerConfig;
import io.metanode.containers.config.HostConfig;
import io.metanode.containers.http.ApiException;
import io.metanode.receipts.Actor;
import java.io.IOException;
import java.util.List;

/** Turns what a client asks to have mounted into mount points, making volumes where needed. */
public interface MountSources {

  /**
   * Resolves the mounts of a new container. Volumes it made are removed again if it fails.
   *
   * @throws ApiException 400 with Docker's words if a mount is malformed or its source is missing
   */
  List<MountPoint> resolve(Actor actor, ContainerConfig config, HostConfig hostConfig)
      throws ApiException, IOException;

  /** Removes the anonymous volumes among a removed container's mounts. */
  void removeAnonymous(Actor actor, List<MountPoint> mounts) throws IOException;
}
