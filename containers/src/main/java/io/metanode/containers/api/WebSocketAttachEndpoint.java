package io.metanode.containers.api;

import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.DetachKeys;
import io.metanode.containers.engine.Engine;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.HttpExchange.Hijacked;
import io.metanode.containers.http.Router;
import io.metanode.containers.runtime.StreamSelection;
import io.metanode.containers.websocket.Handshake;
import java.io.IOException;

/**
 * {@code GET /containers/{id}/attach/ws}: attaching by WebSocket. As in Docker, standard output and
 * error come in one stream, which nothing tells apart.
 */
final class WebSocketAttachEndpoint {

  /** The first version whose frames are binary; before, they are text. */
  private static final int BINARY_SINCE = 28;

  /** The first version that heeds which streams are asked for; before, all are. */
  private static final int STREAMS_SINCE = 42;

  private final Engine engine;
  private final ContainerLogs logs;

  WebSocketAttachEndpoint(Engine engine, ContainerLogs logs) {
    this.engine = engine;
    this.logs = logs;
  }

  void register(Router router) {
    router.route("GET", "/containers/{id}/attach/ws", this::attach);
  }

  private void attach(HttpExchange exchange) throws ApiException, IOException {
    Container container = engine.containers().resolve(exchange.parameter("id"));
    DetachKeys keys = DetachKeys.parse(exchange.query("detachKeys").orElse(""));
    boolean all = !exchange.version().atLeast(STREAMS_SINCE);
    StreamSelection selection =
        new StreamSelection(
            all || exchange.flag("stdin", false),
            all || exchange.flag("stdout", false),
            all || exchange.flag("stderr", false));
    boolean framed = !container.definition().config().terminal();
    boolean binary = exchange.version().atLeast(BINARY_SINCE);
    Handshake.check(exchange);
    engine.attach(
        exchange.actor(),
        container,
        selection,
        logs.backlog(exchange, container, selection),
        exchange.flag("stream", false),
        keys,
        () -> {
          Hijacked client = Handshake.accept(exchange, binary, selection.stdin());
          return framed
              ? new Hijacked(client.input(), new UnframedOutput(client.output()), client.channel())
              : client;
        });
  }
}
