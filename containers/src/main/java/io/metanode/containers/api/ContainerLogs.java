package io.metanode.containers.api;

import io.metanode.containers.engine.Backlog;
import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.Engine;
import io.metanode.containers.engine.Frames;
import io.metanode.containers.engine.LogSettings;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Router;
import io.metanode.containers.runtime.ContainerLog;
import io.metanode.containers.runtime.LogRecord;
import io.metanode.containers.runtime.LogSelection;
import io.metanode.containers.runtime.StreamSelection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code GET /containers/{id}/logs}. */
public final class ContainerLogs {

  /** RFC 3339 with nine digits, as Docker writes it. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final int GONE_CHECK_SECONDS = 2;

  private final Engine engine;

  public ContainerLogs(Engine engine) {
    this.engine = engine;
  }

  public void register(Router router) {
    router.route("GET", "/containers/{id}/logs", this::logs);
  }

  /**
   * How records are written.
   *
   * @param prefix what stands before each line after its time
   */
  private record Form(StreamSelection streams, boolean framed, boolean timestamps, String prefix) {}

  private void logs(HttpExchange exchange) throws ApiException, IOException {
    Container container = engine.containers().resolve(exchange.parameter("id"));
    StreamSelection streams =
        new StreamSelection(false, exchange.flag("stdout", false), exchange.flag("stderr", false));
    if (!streams.stdout() && !streams.stderr()) {
      throw ApiException.badRequest("Bad parameters: you must choose at least one stream");
    }
    if (container.definition().hostConfig().logType().equals("none")) {
      throw new ApiException(501, "configured logging driver does not support reading");
    }
    LogSelection selection = selection(exchange);
    boolean terminal = container.definition().config().terminal();
    Form form =
        new Form(
            streams,
            !terminal,
            exchange.flag("timestamps", false),
            exchange.flag("details", false) ? LogDetails.of(container) : "");
    ContainerLog log = log(container);
    try (OutputStream body =
        exchange.stream(200, ContainerStreamEndpoints.contentType(exchange, terminal))) {
      boolean follow = exchange.flag("follow", false);
      LogLines lines = new LogLines(body, form, follow);
      if (follow) {
        log.follow(selection, ended(exchange, container), lines::write);
      } else {
        log.read(selection, lines::write);
      }
      body.flush();
    }
  }

  private ContainerLog log(Container container) {
    return new ContainerLog(LogSettings.path(engine.directory(container)));
  }

  /** What whoever attaches is sent first: all that was logged, if {@code logs} asks for it. */
  Optional<Backlog> backlog(HttpExchange exchange, Container container, StreamSelection streams)
      throws ApiException {
    return exchange.flag("logs", false)
        ? Optional.of(client -> writeAll(container, streams, client))
        : Optional.empty();
  }

  /** Writes all that was logged, framed unless the container has a terminal. */
  private void writeAll(Container container, StreamSelection streams, OutputStream target)
      throws IOException {
    boolean framed = !container.definition().config().terminal();
    LogLines lines = new LogLines(target, new Form(streams, framed, false, ""), false);
    log(container).read(LogSelection.ALL, lines::write);
    target.flush();
  }

  private static LogSelection selection(HttpExchange exchange) throws ApiException {
    return new LogSelection(instant(exchange, "since"), instant(exchange, "until"), tail(exchange));
  }

  private static Optional<Instant> instant(HttpExchange exchange, String name) throws ApiException {
    String text = exchange.query(name).orElse("");
    return text.isEmpty() || text.equals("0")
        ? Optional.empty()
        : Optional.of(Timestamps.parse(text));
  }

  private static OptionalLong tail(HttpExchange exchange) {
    String text = exchange.query("tail").orElse("");
    return text.matches("\\d{1,15}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  /** Completes when the container has ended or its client has gone. */
  private CompletableFuture<Void> ended(HttpExchange exchange, Container container) {
    CompletableFuture<Void> ended = engine.ended(container).handle((_, _) -> null);
    Thread.ofVirtual()
        .name("log-client")
        .start(
            () -> {
              while (!isDone(ended)) {
                if (exchange.peerGone()) {
                  ended.complete(null);
                }
              }
            });
    return ended;
  }

  private static boolean isDone(CompletableFuture<Void> ended) {
    try {
      ended.get(GONE_CHECK_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException | ExecutionException e) {
      return true;
    }
  }

  /** Writes records as lines; only the first part of a long line bears its time. */
  private static final class LogLines {

    private final OutputStream target;
    private final Form form;
    private final boolean live;
    private final boolean[] inLine = new boolean[3];

    /**
     * @param live whether each line is sent as soon as it is written
     */
    private LogLines(OutputStream target, Form form, boolean live) {
      this.target = target;
      this.form = form;
      this.live = live;
    }

    private void write(LogRecord entry) throws IOException {
      int stream = entry.stream();
      boolean wanted = stream == Frames.STDERR ? form.streams().stderr() : form.streams().stdout();
      if (!wanted) {
        return;
      }
      byte[] line = line(entry, inLine[stream]);
      inLine[stream] = entry.partial();
      target.write(form.framed() ? Frames.frame(stream, line, line.length) : line);
      if (live) {
        target.flush();
      }
    }

    private byte[] line(LogRecord entry, boolean continued) throws IOException {
      if (continued || (!form.timestamps() && form.prefix().isEmpty())) {
        return entry.bytes();
      }
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      if (form.timestamps()) {
        line.write((TIME.format(entry.time()) + " ").getBytes(StandardCharsets.US_ASCII));
      }
      line.write(form.prefix().getBytes(StandardCharsets.UTF_8));
      line.write(entry.bytes());
      return line.toByteArray();
    }
  }
}
