package io.metanode.containers.api;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.Router;

/** What Docker can do and this engine cannot yet: refused with what to do instead. */
public final class NotYetEndpoints {

  public void register(Router routes) {
    refuse(
        routes,
        "GET",
        "/images/search",
        "searching is not part of the protocol registries share, only of Docker Hub's own; this"
            + " engine does not offer it: look names up on the registry's web site, then docker pull");
  }

  private static void refuse(Router routes, String method, String path, String reason) {
    routes.route(
        method,
        path,
        exchange -> {
          throw new ApiException(501, reason);
        });
  }
}
