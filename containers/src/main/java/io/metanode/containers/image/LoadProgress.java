package io.metanode.containers.image;

import java.io.IOException;

/** Told what a load does, while it does it. */
public interface LoadProgress {

  /** For loads nobody watches. */
  LoadProgress NONE = (layer, current, total) -> {};

  /**
   * @param layer the layer's diff id, shortened to 12 digits
   * @param current bytes of its archive read
   * @param total bytes of its archive
   */
  void layer(String layer, long current, long total) throws IOException;
}
