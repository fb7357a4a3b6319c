package io.metanode.containers.api;

import io.metanode.containers.event.Event;
import io.metanode.containers.event.EventBus;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Json;
import io.metanode.containers.http.Router;
import io.metanode.foundation.Clock;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** {@code GET /events}: what happened since a time, and what happens. */
public final class EventEndpoints {

  private static final int BACKLOG = 16 * 1024;
  private static final long GLANCE_MILLIS = 250;

  private final EventBus events;
  private final Clock clock;

  public EventEndpoints(EventBus events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  public void register(Router routes) {
    routes.route("GET", "/events", this::stream);
  }

  private void stream(HttpExchange exchange) throws ApiException, IOException {
    EventFilter filter = new EventFilter(Filters.of(exchange));
    Optional<Instant> since = time(exchange, "since");
    Instant until = time(exchange, "until").orElse(Instant.MAX);
    if (since.isPresent() && since.get().isAfter(until)) {
      throw ApiException.badRequest("`since` time cannot be after `until` time");
    }
    BlockingQueue<Event> queue = new LinkedBlockingQueue<>(BACKLOG);
    AtomicBoolean overrun = new AtomicBoolean();
    try (var _ =
        events.subscribe(
            since.orElse(until.equals(Instant.MAX) ? Instant.MAX : Instant.MIN),
            event -> {
              if (filter.test(event) && !queue.offer(event)) {
                overrun.set(true);
              }
            })) {
      OutputStream out = exchange.stream(200, "application/json");
      copy(exchange, queue, overrun, until, out);
      out.close();
    }
  }

  /** A client too slow for its backlog is cut off: a gap must not look like a whole stream. */
  private void copy(
      HttpExchange exchange,
      BlockingQueue<Event> queue,
      AtomicBoolean overrun,
      Instant until,
      OutputStream out)
      throws IOException {
    while (!exchange.peerGone()) {
      Event event = next(queue, until);
      if (event == null && !clock.now().isBefore(until)) {
        return;
      }
      if (event != null && !event.time().isAfter(until)) {
        out.write(Json.line(EventJson.of(event)));
      }
      if (queue.isEmpty()) {
        if (overrun.get()) {
          throw new IOException("the client reads its events too slowly");
        }
        out.flush();
      }
    }
  }

  private @Nullable Event next(BlockingQueue<Event> queue, Instant until) throws IOException {
    long left = Math.min(GLANCE_MILLIS, millisUntil(until));
    try {
      return queue.poll(left, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private long millisUntil(Instant until) {
    return until.equals(Instant.MAX)
        ? GLANCE_MILLIS
        : Math.max(0, Duration.between(clock.now(), until).toMillis() + 1);
  }

  private static Optional<Instant> time(HttpExchange exchange, String name) throws ApiException {
    Optional<String> text = exchange.query(name).filter(value -> !value.isEmpty());
    return text.isPresent() ? Optional.of(Timestamps.parse(text.get())) : Optional.empty();
  }
}
