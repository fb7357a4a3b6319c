package io.metanode.containers.api;

import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.Engine;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Router;
import io.metanode.containers.image.ImageStore;
import io.metanode.containers.image.Snapshot;
import io.metanode.foundation.Clock;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /containers}: what there is and what it holds. */
public final class ContainerViewEndpoints {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Engine engine;
  private final ImageStore store;
  private final ContainerQuery query;
  private final ContainerInspection inspection;
  private final ContainerSizes sizes;
  private final Clock clock;

  public ContainerViewEndpoints(Engine engine, ImageStore store, Clock clock) {
    this.store = store;
    this.engine = engine;
    this.clock = clock;
    query = new ContainerQuery(engine.containers(), store);
    inspection = new ContainerInspection(engine);
    sizes = new ContainerSizes(engine, store);
  }

  public void register(Router router) {
    router.route("GET", "/containers/json", this::list);
    router.route("GET", "/containers/{id...}/json", this::inspect);
    router.route("GET", "/containers/{id}/top", this::top);
    router.route("GET", "/containers/{id}/changes", this::changes);
    router.route("GET", "/containers/{id}/export", this::export);
  }

  private void list(HttpExchange exchange) throws ApiException, IOException {
    boolean size = exchange.flag("size", false);
    ArrayNode list = NODES.arrayNode();
    Map<String, Set<String>> linked = engine.containers().links().names();
    ImageNames images = new ImageNames(store);
    for (Container container : query.select(exchange)) {
      ContainerSummary.Called called =
          new ContainerSummary.Called(
              images.of(container), linked.getOrDefault(container.id(), Set.of()));
      ObjectNode json =
          ContainerSummary.json(container, called, clock.now(), exchange.version().atLeast(46));
      if (size) {
        sizes.add(json, container);
      }
      list.add(json);
    }
    exchange.send(200, list);
  }

  private void inspect(HttpExchange exchange) throws ApiException, IOException {
    Container container = engine.containers().resolve(exchange.parameter("id"));
    ObjectNode json = inspection.json(container);
    OlderClients.adaptInspect(exchange.version(), container, json);
    if (exchange.flag("size", false)) {
      sizes.add(json, container);
    }
    exchange.send(200, json);
  }

  private void top(HttpExchange exchange) throws ApiException, IOException {
    Container container = engine.containers().resolve(exchange.parameter("id"));
    ProcessTable table = ProcessTable.of(exchange.query("ps_args").orElse("-ef"));
    ObjectNode json = NODES.objectNode();
    ArrayNode rows = NODES.arrayNode();
    for (int pid : engine.processes(container)) {
      List<String> row = table.row(pid, clock.now());
      if (!row.isEmpty()) {
        ArrayNode cells = rows.addArray();
        row.forEach(cells::add);
      }
    }
    json.set("Processes", rows);
    ArrayNode titles = json.putArray("Titles");
    table.titles().forEach(titles::add);
    exchange.send(200, json);
  }

  private void changes(HttpExchange exchange) throws ApiException, IOException {
    Container container = engine.containers().resolve(exchange.parameter("id"));
    ArrayNode list = NODES.arrayNode();
    for (Snapshot.Change change : engine.snapshot(container).changes()) {
      list.addObject().put("Path", change.path()).put("Kind", change.kind());
    }
    if (list.isEmpty()) {
      exchange.send(200, NODES.nullNode());
    } else {
      exchange.send(200, list);
    }
  }

  private void export(HttpExchange exchange) throws ApiException, IOException {
    Container container = engine.containers().resolve(exchange.parameter("id"));
    Snapshot snapshot = engine.snapshot(container);
    try (OutputStream body = exchange.stream(200, "application/x-tar")) {
      snapshot.export(body);
    }
    engine.exported(container);
  }
}
