package io.metanode.containers.image;

import io.metanode.containers.http.ApiException;

/** The images as the container engine sees them. */
public interface Images {

  /**
   * Finds an image by name, name and tag, name and digest, id, or a unique prefix of an id.
   *
   * @throws ApiException 404 {@code No such image: …}; 400 if the name is malformed or the prefix
   *     ambiguous
   */
  Image resolve(String nameOrId) throws ApiException;
}
