package io.metanode.containers.api;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.Json;
import io.metanode.containers.http.Router;
import java.util.List;

/** What Docker can do and this engine cannot yet: refused with what to do instead. */
public final class NotYetEndpoints {

  private static final int NOT_IMPLEMENTED = 501;
  private static final int UNAVAILABLE = 503;

  private static final String SWARM =
      "this engine is in no swarm and cannot be: run services with docker compose, or on Kubernetes";
  private static final String PLUGINS =
      "this engine takes no plugins: it has volume, network and log drivers of its own";
  private static final List<String> OF_A_SWARM =
      List.of("/swarm", "/nodes", "/services", "/tasks", "/secrets", "/configs");

  public void register(Router routes) {
    refuse(
        routes,
        "GET",
        "/images/search",
        "searching is not part of the protocol registries share, only of Docker Hub's own; this"
            + " engine does not offer it: look names up on the registry's web site, then docker pull");
    swarm(routes);
    plugins(routes);
  }

  /** As an engine answers that could be in a swarm and is not: clients look for that status. */
  private static void swarm(Router routes) {
    for (String path : OF_A_SWARM) {
      refuse(routes, UNAVAILABLE, "GET", path, SWARM);
      refuse(routes, UNAVAILABLE, "POST", path + "/{rest...}", SWARM);
      if (!path.equals("/swarm")) {
        refuse(routes, UNAVAILABLE, "GET", path + "/{rest...}", SWARM);
        refuse(routes, UNAVAILABLE, "DELETE", path + "/{rest...}", SWARM);
      }
    }
  }

  private static void plugins(Router routes) {
    routes.route("GET", "/plugins", exchange -> exchange.send(200, Json.MAPPER.createArrayNode()));
    refuse(routes, "GET", "/plugins/privileges", PLUGINS);
    refuse(routes, "POST", "/plugins/pull", PLUGINS);
  }

  private static void refuse(Router routes, String method, String path, String reason) {
    refuse(routes, NOT_IMPLEMENTED, method, path, reason);
  }

  private static void refuse(Router routes, int status, String method, String path, String reason) {
    routes.route(
        method,
        path,
        exchange -> {
          throw new ApiException(status, reason);
        });
  }
}
