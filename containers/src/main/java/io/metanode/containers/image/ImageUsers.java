package io.metanode.containers.image;

import io.metanode.foundation.Digest;
import java.util.List;

/** Which containers need an image; the engine knows. */
@FunctionalInterface
public interface ImageUsers {

  /** The containers made from an image and those that mount it, in any state. */
  List<ImageUser> of(Digest imageId);

  /**
   * A container that needs an image.
   *
   * @param containerId its 64-digit id
   * @param running whether it runs (paused counts)
   * @param made whether it was made from it; else it only mounts its files
   */
  record ImageUser(String containerId, boolean running, boolean made) {}
}
