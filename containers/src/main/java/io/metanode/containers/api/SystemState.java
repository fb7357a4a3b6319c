package io.metanode.containers.api;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.ApiVersion;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/**
 * What {@code /info} and {@code /system/df} tell of the engine's containers, images and volumes.
 */
public interface SystemState {

  /** How many there are. */
  Counts counts();

  /** What does not work as it should, a line each, beginning with {@code WARNING: }. */
  List<String> warnings();

  /** What takes up disk space; the arrays as in the lists of images, containers and volumes. */
  DiskUsage diskUsage(ApiVersion version) throws ApiException, IOException;

  /** Containers by state, and images. */
  record Counts(int running, int paused, int stopped, int images) {}

  /**
   * @param layersBytes the size of all layers together, each counted once
   */
  record DiskUsage(long layersBytes, ArrayNode images, ArrayNode containers, ArrayNode volumes) {}
}
