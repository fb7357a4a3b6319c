package io.metanode.containers.api;

import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.DetachKeys;
import io.metanode.containers.engine.Engine;
import io.metanode.containers.engine.Frames;
import io.metanode.containers.engine.Status;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Router;
import io.metanode.containers.runtime.StreamSelection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** {@code POST /containers/{id}/attach}, and attaching by WebSocket. */
public final class ContainerStreamEndpoints {

  private static final int MULTIPLEXED_SINCE = 42;
  private static final int FORBIDDEN = 403;

  private final Engine engine;
  private final ContainerLogs logs;

  public ContainerStreamEndpoints(Engine engine, ContainerLogs logs) {
    this.engine = engine;
    this.logs = logs;
  }

  public void register(Router router) {
    router.route("POST", "/containers/{id}/attach", this::attach);
    new WebSocketAttachEndpoint(engine, logs).register(router);
  }

  private void attach(HttpExchange exchange) throws ApiException, IOException {
    DetachKeys keys = DetachKeys.parse(exchange.query("detachKeys").orElse(""));
    try {
      attach(exchange, engine.containers().resolve(exchange.parameter("id")), keys);
    } catch (ApiException e) {
      // As in Docker, where whoever attaches reads a stream, and a refusal comes as one.
      exchange.send(
          e.status(),
          "application/vnd.docker.raw-stream",
          (e.getMessage() + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private void attach(HttpExchange exchange, Container container, DetachKeys keys)
      throws ApiException, IOException {
    StreamSelection selection =
        new StreamSelection(
            exchange.flag("stdin", false),
            exchange.flag("stdout", false),
            exchange.flag("stderr", false));
    boolean terminal = container.definition().config().terminal();
    try {
      engine.attach(
          exchange.actor(),
          container,
          selection,
          logs.backlog(exchange, container, selection),
          exchange.flag("stream", false),
          keys,
          () -> exchange.hijack(contentType(exchange, terminal)));
    } catch (ApiException e) {
      if (e.status() != FORBIDDEN || terminal || !watches(exchange, container)) {
        throw e;
      }
      refuse(exchange.hijack(contentType(exchange, terminal)), e.getMessage());
    }
  }

  /** Whether this is a docker client that would show of a refusal nothing but its number. */
  private static boolean watches(HttpExchange exchange, Container container) {
    return exchange.header("Upgrade").isPresent() && container.state().status() == Status.RUNNING;
  }

  /** An error frame makes the docker client show its text and end with exit code 1. */
  private static void refuse(HttpExchange.Hijacked client, String why) throws IOException {
    byte[] text = why.getBytes(StandardCharsets.UTF_8);
    client.output().write(Frames.frame(Frames.ERROR, text, text.length));
    client.output().flush();
  }

  static String contentType(HttpExchange exchange, boolean terminal) {
    return terminal || !exchange.version().atLeast(MULTIPLEXED_SINCE)
        ? "application/vnd.docker.raw-stream"
        : "application/vnd.docker.multiplexed-stream";
  }
}
