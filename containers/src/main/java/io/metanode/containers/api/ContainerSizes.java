package io.metanode.containers.api;

import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.Engine;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.Images;
import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/** Adds what a container holds on disk to its JSON. */
final class ContainerSizes {

  private final Engine engine;
  private final Images images;

  ContainerSizes(Engine engine, Images images) {
    this.engine = engine;
    this.images = images;
  }

  void add(ObjectNode json, Container container) throws IOException {
    try {
      long written = engine.snapshot(container).writtenBytes();
      json.put("SizeRw", written);
      json.put(
          "SizeRootFs",
          written + images.resolve(container.definition().imageId().toString()).sizeBytes());
    } catch (ApiException e) {
      // The container or its image goes while it is listed: it is shown without sizes.
      json.remove("SizeRw");
    }
  }
}
