package io.metanode.containers.api;

import io.metanode.containers.engine.Backlog;
import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.DetachKeys;
import io.metanode.containers.engine.Engine;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Router;
import io.metanode.containers.runtime.StreamSelection;
import java.io.IOException;
import java.util.Optional;

/** {@code POST /containers/{id}/attach}. */
public final class ContainerStreamEndpoints {

  private static final int MULTIPLEXED_SINCE = 42;

  private final Engine engine;
  private final ContainerLogs logs;

  public ContainerStreamEndpoints(Engine engine, ContainerLogs logs) {
    this.engine = engine;
    this.logs = logs;
  }

  public void register(Router router) {
    router.route("POST", "/containers/{id}/attach", this::attach);
  }

  private void attach(HttpExchange exchange) throws ApiException, IOException {
    Container container = engine.containers().resolve(exchange.parameter("id"));
    DetachKeys keys = DetachKeys.parse(exchange.query("detachKeys").orElse(""));
    StreamSelection selection =
        new StreamSelection(
            exchange.flag("stdin", false),
            exchange.flag("stdout", false),
            exchange.flag("stderr", false));
    Optional<Backlog> backlog =
        exchange.flag("logs", false)
            ? Optional.of(client -> logs.writeAll(container, selection, client))
            : Optional.empty();
    engine.attach(
        exchange.actor(),
        container,
        selection,
        backlog,
        exchange.flag("stream", false),
        keys,
        () -> exchange.hijack(contentType(exchange, container.definition().config().terminal())));
  }

  static String contentType(HttpExchange exchange, boolean terminal) {
    return terminal || !exchange.version().atLeast(MULTIPLEXED_SINCE)
        ? "application/vnd.docker.raw-stream"
        : "application/vnd.docker.multiplexed-stream";
  }
}
