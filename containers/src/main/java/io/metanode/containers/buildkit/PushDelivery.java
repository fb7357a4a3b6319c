package io.metanode.containers.buildkit;

import io.metanode.containers.build.Delivery;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.transfer.PushRequest;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.util.List;

/** Pushes the names an image was given, with the client's logins; each push has its receipt. */
final class PushDelivery implements Delivery {

  private final ClientDelivery.Origin origin;
  private final List<ImageReference> names;

  PushDelivery(ClientDelivery.Origin origin, List<ImageReference> names) {
    this.origin = origin;
    this.names = List.copyOf(names);
  }

  /** Pushes are decided on when they begin. */
  @Override
  public void check() {}

  @Override
  public void deliver(Digest image) throws ApiException, IOException {
    for (ImageReference name : names) {
      origin.progress().open("pushing " + name);
      PushRequest request = new PushRequest(name, origin.session().credentials(name.domain()));
      var _ = origin.parts().transfers().push(origin.actor(), request, origin.progress().pulls());
    }
  }
}
