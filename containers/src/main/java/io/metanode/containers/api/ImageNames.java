package io.metanode.containers.api;

import io.metanode.containers.engine.Container;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.Images;
import io.metanode.foundation.Digest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What one listing of containers calls their images. */
final class ImageNames {

  private final Images images;
  private final Map<String, Optional<Digest>> found = new HashMap<>();

  ImageNames(Images images) {
    this.images = images;
  }

  /**
   * The name a container was created by, or its image's id where the name has another image now.
   */
  String of(Container container) {
    String name = container.definition().config().image();
    Digest id = container.definition().imageId();
    return found.computeIfAbsent(name, this::find).equals(Optional.of(id)) ? name : id.toString();
  }

  private Optional<Digest> find(String name) {
    try {
      return Optional.of(images.resolve(name).id());
    } catch (ApiException e) {
      return Optional.empty();
    }
  }
}
