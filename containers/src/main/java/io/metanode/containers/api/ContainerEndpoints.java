package io.metanode.containers.api;

import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.ContainerWait;
import io.metanode.containers.engine.Engine;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Router;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /containers}: creation, lifecycle, removal, waiting. */
public final class ContainerEndpoints {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Duration POLL = Duration.ofSeconds(2);

  private final Engine engine;
  private final WantedPlatform platforms;

  public ContainerEndpoints(Engine engine, WantedPlatform platforms) {
    this.engine = engine;
    this.platforms = platforms;
  }

  public void register(Router router) {
    router.route("POST", "/containers/create", this::create);
    router.route("POST", "/containers/{id...}/start", this::start);
    router.route("POST", "/containers/{id...}/stop", this::stop);
    router.route("POST", "/containers/{id...}/restart", this::restart);
    router.route("POST", "/containers/{id...}/kill", this::kill);
    router.route("POST", "/containers/{id...}/pause", this::pause);
    router.route("POST", "/containers/{id...}/unpause", this::unpause);
    router.route("POST", "/containers/{id...}/rename", this::rename);
    router.route("POST", "/containers/{id...}/update", this::update);
    router.route("POST", "/containers/{id...}/wait", this::await);
    router.route("POST", "/containers/{id...}/resize", this::resize);
    router.route("DELETE", "/containers/{id...}", this::remove);
  }

  private Container container(HttpExchange exchange) throws ApiException {
    return engine.containers().resolve(exchange.parameter("id"));
  }

  private void create(HttpExchange exchange) throws ApiException, IOException {
    JsonNode body = exchange.json();
    OlderClients.adaptCreate(exchange.version(), body);
    platforms.check(exchange.query("platform").orElse(""), body.path("Image").asString(""));
    Engine.Created created =
        engine.create(
            exchange.actor(), exchange.query("name").filter(name -> !name.isEmpty()), body);
    ObjectNode answer = NODES.objectNode();
    answer.put("Id", created.id());
    ArrayNode warnings = answer.putArray("Warnings");
    created.warnings().forEach(warnings::add);
    exchange.send(201, answer);
  }

  private void start(HttpExchange exchange) throws ApiException, IOException {
    Container container = container(exchange);
    exchange.send(engine.start(exchange.actor(), container) ? 204 : 304);
  }

  private void stop(HttpExchange exchange) throws ApiException, IOException {
    Container container = container(exchange);
    boolean stopped = engine.stop(exchange.actor(), container, signal(exchange), timeout(exchange));
    exchange.send(stopped ? 204 : 304);
  }

  private void restart(HttpExchange exchange) throws ApiException, IOException {
    Container container = container(exchange);
    engine.restart(exchange.actor(), container, signal(exchange), timeout(exchange));
    exchange.send(204);
  }

  private static Optional<String> signal(HttpExchange exchange) {
    return exchange.query("signal").filter(signal -> !signal.isEmpty());
  }

  private static OptionalLong timeout(HttpExchange exchange) throws ApiException {
    Optional<String> text = exchange.query("t").filter(t -> !t.isEmpty());
    return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(number(text.get()));
  }

  private static long number(String text) throws ApiException {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw ApiException.badRequest("strconv.Atoi: parsing \"" + text + "\": invalid syntax");
    }
  }

  private void kill(HttpExchange exchange) throws ApiException, IOException {
    try {
      engine.kill(exchange.actor(), container(exchange), exchange.query("signal").orElse(""));
    } catch (ApiException e) {
      throw new ApiException(
          e.status(), "cannot kill container: " + exchange.parameter("id") + ": " + e.getMessage());
    }
    exchange.send(204);
  }

  private void pause(HttpExchange exchange) throws ApiException, IOException {
    engine.pause(exchange.actor(), container(exchange));
    exchange.send(204);
  }

  private void unpause(HttpExchange exchange) throws ApiException, IOException {
    engine.unpause(exchange.actor(), container(exchange));
    exchange.send(204);
  }

  private void rename(HttpExchange exchange) throws ApiException, IOException {
    engine.rename(exchange.actor(), container(exchange), exchange.query("name").orElse(""));
    exchange.send(204);
  }

  private void update(HttpExchange exchange) throws ApiException, IOException {
    JsonNode body = exchange.json();
    OlderClients.adaptUpdate(exchange.version(), body);
    List<String> warnings = engine.update(exchange.actor(), container(exchange), body);
    ObjectNode answer = NODES.objectNode();
    if (warnings.isEmpty()) {
      answer.putNull("Warnings");
    } else {
      ArrayNode list = answer.putArray("Warnings");
      warnings.forEach(list::add);
    }
    exchange.send(200, answer);
  }

  private void resize(HttpExchange exchange) throws ApiException, IOException {
    engine.resize(container(exchange), size(exchange, "h"), size(exchange, "w"));
    exchange.send(200);
  }

  /** A number of rows or columns, in Docker's words if it is none. */
  static int size(HttpExchange exchange, String name) throws ApiException {
    String text = exchange.query(name).orElse("");
    try {
      return Integer.parseUnsignedInt(text);
    } catch (NumberFormatException e) {
      String why = text.matches("-?\\d+") ? "value out of range" : "invalid syntax";
      String what = name.equals("h") ? "height" : "width";
      throw ApiException.badRequest("invalid resize " + what + " \"" + text + "\": " + why);
    }
  }

  private void remove(HttpExchange exchange) throws ApiException, IOException {
    if (exchange.flag("link", false)) {
      var _ = container(exchange);
      engine.unlink(exchange.actor(), exchange.parameter("id"));
      exchange.send(204);
      return;
    }
    engine.remove(
        exchange.actor(),
        container(exchange),
        exchange.flag("force", false),
        exchange.flag("v", false));
    exchange.send(204);
  }

  private void await(HttpExchange exchange) throws ApiException, IOException {
    String condition = exchange.query("condition").orElse("");
    boolean removed = condition.equals("removed");
    switch (condition) {
      case "", "not-running", "next-exit", "removed" -> {}
      default -> throw ApiException.badRequest("invalid condition: \"" + condition + "\"");
    }
    Container container = container(exchange);
    try (ContainerWait wait = engine.await(container, removed)) {
      boolean over = !removed && !condition.equals("next-exit") && engine.settled(container);
      // The client sends the start only after it has seen these headers.
      try (OutputStream body = exchange.stream(200, "application/json")) {
        Optional<ContainerWait.End> end =
            over
                ? Optional.of(new ContainerWait.End(container.state().run().exitCode(), ""))
                : await(exchange, wait);
        if (end.isPresent()) {
          body.write(answer(end.get()));
        }
      }
    }
  }

  private static Optional<ContainerWait.End> await(HttpExchange exchange, ContainerWait wait) {
    Optional<ContainerWait.End> end = wait.await(POLL);
    while (end.isEmpty() && !exchange.peerGone() && !Thread.currentThread().isInterrupted()) {
      end = wait.await(POLL);
    }
    return end;
  }

  private static byte[] answer(ContainerWait.End end) {
    ObjectNode answer = NODES.objectNode();
    if (!end.error().isEmpty()) {
      answer.putObject("Error").put("Message", end.error());
    }
    answer.put("StatusCode", end.exitCode());
    return (answer + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
