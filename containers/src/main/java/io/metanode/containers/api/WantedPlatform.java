package io.metanode.containers.api;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.Image;
import io.metanode.containers.image.ImageStore;
import io.metanode.containers.registry.Platform;

/** The parameter {@code platform} of {@code POST /containers/create}. */
public final class WantedPlatform {

  private final ImageStore images;
  private final Platform host;

  public WantedPlatform(ImageStore images, Platform host) {
    this.images = images;
    this.host = host;
  }

  /**
   * Checks that the image here is for the platform; the client pulls that for the other on a 404.
   *
   * @param platform as the client wrote it; empty for whatever the image is for
   * @throws ApiException 400 for what is no platform, 404 where the image is for another or missing
   */
  void check(String platform, String name) throws ApiException {
    if (platform.isEmpty() || name.isEmpty()) {
      return;
    }
    Platform wanted = Platform.require(platform, host);
    Image image = images.resolve(name);
    String variant = images.document(image.id()).json().path("variant").asString("");
    Platform actual = new Platform(image.os(), image.architecture(), variant);
    if (!wanted.runs(actual)) {
      throw ApiException.notFound(
          "image with reference "
              + name
              + " was found but its platform ("
              + actual
              + ") does not match the specified platform ("
              + wanted
              + ")");
    }
  }
}
