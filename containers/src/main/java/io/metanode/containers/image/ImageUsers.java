package io.metanode.containers.image;

import io.metanode.foundation.Digest;
import java.util.List;

/** Which containers were made from an image; the engine knows. */
@FunctionalInterface
public interface ImageUsers {

  /** The containers of an image, in any state. */
  List<ImageUser> of(Digest imageId);

  /**
   * A container made from an image.
   *
   * @param containerId its 64-digit id
   * @param running whether it runs (paused counts)
   */
  record ImageUser(String containerId, boolean running) {}
}
