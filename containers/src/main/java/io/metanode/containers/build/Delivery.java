package io.metanode.containers.build;

import io.metanode.containers.http.ApiException;
import io.metanode.foundation.Digest;
import java.io.IOException;

/** Somewhere that what was built goes, beside the store of images; under a receipt of its own. */
public interface Delivery {

  /**
   * Called before anything is built.
   *
   * @throws ApiException 403 if the policy will not have it, with the receipt of that
   */
  void check() throws ApiException;

  /** Hands over what was built, which nobody removes meanwhile. */
  void deliver(Digest image) throws ApiException, IOException;
}
