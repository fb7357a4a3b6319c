package io.metanode.containers.api;

import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.HttpHandler;
import io.metanode.containers.http.Router;
import io.metanode.containers.operation.Operation;
import io.metanode.containers.operation.Operations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Routes whose requests leave a receipt even where they fail before the engine knows what they are
 * about: every method but GET and HEAD is an attempt at an operation, and so is copying out.
 */
public final class ReceiptedRoutes implements Router {

  /** Requests that change nothing that outlasts them (docs/decisions/0014). */
  private static final Set<String> WITHOUT =
      Set.of(
          "/containers/{id}/wait",
          "/containers/{id}/resize",
          "/exec/{id}/resize",
          "/build/cancel",
          "/grpc",
          "/session");

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("GET /containers/{id}/archive", "container.copy-out"),
          Map.entry("PUT /containers/{id}/archive", "container.copy-in"),
          Map.entry("DELETE /containers/{id}", "container.remove"),
          Map.entry("DELETE /images/{name...}", "image.remove"),
          Map.entry("DELETE /networks/{id}", "network.remove"),
          Map.entry("DELETE /volumes/{name}", "volume.remove"),
          Map.entry("POST /images/create", "image.import"),
          Map.entry("POST /auth", "registry.login"),
          Map.entry("POST /build", "image.build"),
          Map.entry("POST /commit", "container.commit"),
          Map.entry("POST /containers/{id}/exec", "container.exec-create"),
          Map.entry("POST /exec/{id}/start", "container.exec"));

  private final Router routes;
  private final Operations operations;

  public ReceiptedRoutes(Router routes, Operations operations) {
    this.routes = routes;
    this.operations = operations;
  }

  @Override
  public void route(String method, String pattern, HttpHandler handler) {
    Optional<String> name = operation(method, pattern);
    routes.route(
        method,
        pattern,
        name.isEmpty()
            ? handler
            : exchange ->
                operations.attempt(
                    asked(named(name.get(), exchange), exchange), () -> handler.handle(exchange)));
  }

  /** The operation that a route's requests ask for; empty for reading. */
  static Optional<String> operation(String method, String route) {
    // By a link a container's name has a slash.
    String pattern = route.replace("{id...}", "{id}");
    Optional<String> named = Optional.ofNullable(NAMES.get(method + " " + pattern));
    if (named.isPresent()) {
      return named;
    }
    if (method.equals("GET") || method.equals("HEAD") || WITHOUT.contains(pattern)) {
      return Optional.empty();
    }
    List<String> segments = List.of(pattern.substring(1).split("/", -1));
    String noun = segments.getFirst().replaceFirst("s$", "");
    String last = segments.getLast();
    String verb = last.startsWith("{") ? method.toLowerCase(Locale.ROOT) : last;
    return Optional.of(noun + "." + verb);
  }

  /** Pulls and imports share a path, as containers and links of theirs that are taken away. */
  private static String named(String name, HttpExchange exchange) {
    if (name.equals("container.remove") && exchange.flag("link", false)) {
      return "container.unlink";
    }
    boolean pull = name.equals("image.import") && !exchange.query("fromImage").orElse("").isEmpty();
    return pull ? "image.pull" : name;
  }

  private static Operation asked(String name, HttpExchange exchange) {
    String target = exchange.method() + " " + exchange.path();
    return Operation.of(exchange.actor(), name, Map.of(), target.getBytes(StandardCharsets.UTF_8));
  }
}
