package io.metanode.containers.engine;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.Snapshot;
import io.metanode.foundation.Digest;
import java.io.IOException;

/** Makes an image of what a container changed. */
@FunctionalInterface
public interface ImageMaking {
  Digest from(Snapshot snapshot) throws ApiException, IOException;
}
