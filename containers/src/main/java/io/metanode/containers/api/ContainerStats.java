package io.metanode.containers.api;

import io.metanode.containers.api.StatsJson.Sample;
import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.Engine;
import io.metanode.containers.engine.Status;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Json;
import io.metanode.containers.http.Router;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** {@code GET /containers/{id}/stats}. */
public final class ContainerStats {

  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Engine engine;
  private final StatsJson form;

  /**
   * @param cgroupVersion whose form the memory counters have
   */
  public ContainerStats(Engine engine, int cgroupVersion) throws IOException {
    this.engine = engine;
    form = new StatsJson(cgroupVersion, HostFacts.memoryBytes());
  }

  public void register(Router router) {
    router.route("GET", "/containers/{id}/stats", this::stats);
  }

  private void stats(HttpExchange exchange) throws ApiException, IOException {
    Container container = engine.containers().resolve(exchange.parameter("id"));
    if (exchange.flag("stream", true)) {
      stream(exchange, container);
      return;
    }
    boolean once = exchange.flag("one-shot", false);
    Sample first = sample(container);
    if (once || first.reading().isEmpty()) {
      exchange.send(200, form.json(container, first, Optional.empty()));
      return;
    }
    LockSupport.parkNanos(PERIOD_NANOS);
    exchange.send(200, form.json(container, sample(container), Optional.of(first)));
  }

  private void stream(HttpExchange exchange, Container container) throws IOException {
    try (OutputStream body = exchange.stream(200, "application/json")) {
      Optional<Sample> before = Optional.empty();
      while (!exchange.peerGone()
          && !Thread.currentThread().isInterrupted()
          && container.state().status() != Status.REMOVING) {
        Sample now = sample(container);
        body.write(Json.line(form.json(container, now, before)));
        body.flush();
        before = Optional.of(now);
        LockSupport.parkNanos(PERIOD_NANOS);
      }
    }
  }

  private Sample sample(Container container) throws IOException {
    return new Sample(engine.live(container), ProcessorTime.read());
  }
}
