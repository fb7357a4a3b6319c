package io.metanode.containers.api;

import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.Engine;
import io.metanode.containers.engine.Status;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Router;
import io.metanode.foundation.Clock;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /containers/prune}: removes the containers that do not run. Each removal is an
 * operation of its own, under policy and with a receipt; one that is refused stays and the others
 * go.
 */
public final class ContainerPruning {

  private static final Set<String> KNOWN = Set.of("until", "label", "label!");

  private final Engine engine;
  private final Clock clock;

  public ContainerPruning(Engine engine, Clock clock) {
    this.engine = engine;
    this.clock = clock;
  }

  public void register(Router router) {
    router.route("POST", "/containers/prune", this::prune);
  }

  private void prune(HttpExchange exchange) throws ApiException, IOException {
    Filters filters = Filters.of(exchange).allowing(KNOWN);
    Instant until = until(filters);
    List<String> deleted = new ArrayList<>();
    long reclaimed = 0;
    for (Container container : List.copyOf(engine.containers().all())) {
      if (stopped(container)
          && container.definition().created().isBefore(until)
          && filters.labels(container.definition().config().labels())) {
        long bytes = writtenBytes(container);
        if (remove(exchange, container)) {
          deleted.add(container.id());
          reclaimed += bytes;
        }
      }
    }
    exchange.send(200, answer(deleted, reclaimed));
  }

  private Instant until(Filters filters) throws ApiException {
    if (filters.get("until").size() > 1) {
      throw ApiException.badRequest("more than one until filter specified");
    }
    return filters.has("until")
        ? Timestamps.before(filters.get("until").getFirst(), clock.now())
        : Instant.MAX;
  }

  private static boolean stopped(Container container) {
    return switch (container.state().status()) {
      case CREATED, EXITED, DEAD -> true;
      case RUNNING, PAUSED, RESTARTING, REMOVING -> false;
    };
  }

  private long writtenBytes(Container container) throws IOException {
    try {
      return engine.snapshot(container).writtenBytes();
    } catch (ApiException gone) {
      return 0;
    }
  }

  private boolean remove(HttpExchange exchange, Container container) throws IOException {
    try {
      engine.remove(exchange.actor(), container, false, false);
      return container.state().status() == Status.REMOVING;
    } catch (ApiException refused) {
      System.getLogger(ContainerPruning.class.getName())
          .log(
              System.Logger.Level.INFO,
              "container " + container.shortId() + " stays: " + refused.getMessage());
      return false;
    }
  }

  private static ObjectNode answer(List<String> deleted, long reclaimed) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    if (deleted.isEmpty()) {
      answer.putNull("ContainersDeleted");
    } else {
      ArrayNode ids = answer.putArray("ContainersDeleted");
      deleted.forEach(ids::add);
    }
    return answer.put("SpaceReclaimed", reclaimed);
  }
}
