package io.metanode.containers.api;

import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.Containers;
import io.metanode.containers.engine.MountPoint;
import io.metanode.containers.engine.Run;
import io.metanode.containers.engine.Status;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.image.Image;
import io.metanode.containers.image.ImageStore;
import io.metanode.foundation.Digest;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which containers a listing shows. */
final class ContainerQuery {

  private static final Set<String> HEALTH = Set.of("starting", "healthy", "unhealthy", "none");
  private static final Set<String> KNOWN =
      Set.of(
          "ancestor",
          "before",
          "expose",
          "exited",
          "health",
          "id",
          "isolation",
          "is-task",
          "label",
          "label!",
          "name",
          "network",
          "publish",
          "since",
          "status",
          "volume");

  private final Containers containers;
  private final ImageStore images;

  ContainerQuery(Containers containers, ImageStore images) {
    this.containers = containers;
    this.images = images;
  }

  /**
   * The containers a request asks for, newest first.
   *
   * @throws ApiException 400 if a filter is malformed, 404 if it names what there is not
   */
  List<Container> select(HttpExchange exchange) throws ApiException {
    Filters filters = Filters.of(exchange).allowing(KNOWN);
    int limit = limit(exchange);
    boolean all = exchange.flag("all", false) || limit > 0 || filters.has("status");
    Instant before = bound(filters, "before", Instant.MAX);
    Instant since = bound(filters, "since", Instant.MIN);
    Set<Digest> ancestors = ancestors(filters);
    checkStatus(filters);
    List<Container> selected = new ArrayList<>();
    for (Container container : containers.all()) {
      Instant created = container.definition().created();
      if ((all
              || container.state().status().alive()
              || container.state().status() == Status.RESTARTING)
          && created.isBefore(before)
          && created.isAfter(since)
          && (!filters.has("ancestor") || ancestors.contains(container.definition().imageId()))
          && matches(container, filters)) {
        selected.add(container);
      }
    }
    selected.sort(Comparator.comparing((Container c) -> c.definition().created()).reversed());
    return limit > 0 && selected.size() > limit ? selected.subList(0, limit) : selected;
  }

  private static int limit(HttpExchange exchange) throws ApiException {
    try {
      return Integer.parseInt(exchange.query("limit").filter(l -> !l.isEmpty()).orElse("-1"));
    } catch (NumberFormatException e) {
      throw ApiException.badRequest("invalid limit: " + e.getMessage());
    }
  }

  private Instant bound(Filters filters, String name, Instant none) throws ApiException {
    Instant bound = none;
    for (String reference : filters.get(name)) {
      bound = containers.resolve(reference).definition().created();
    }
    return bound;
  }

  /** The images that are named and all that were made from them. */
  private Set<Digest> ancestors(Filters filters) {
    Set<Digest> ids = new HashSet<>();
    Deque<Digest> next = new ArrayDeque<>();
    filters.get("ancestor").forEach(name -> image(name).ifPresent(image -> next.add(image.id())));
    while (!next.isEmpty()) {
      Digest id = next.remove();
      if (ids.add(id)) {
        next.addAll(images.children(id));
      }
    }
    return ids;
  }

  /** An image that is not there has no containers to show. */
  private Optional<Image> image(String name) {
    try {
      return Optional.of(images.resolve(name));
    } catch (ApiException e) {
      return Optional.empty();
    }
  }

  private static void checkStatus(Filters filters) throws ApiException {
    for (String status : filters.get("status")) {
      try {
        Status.of(status);
      } catch (IllegalArgumentException e) {
        throw ApiException.badRequest("invalid filter 'status=" + status + "'");
      }
    }
    for (String health : filters.get("health")) {
      if (!HEALTH.contains(health)) {
        throw ApiException.badRequest("unrecognized filter value for health: " + health);
      }
    }
  }

  private static boolean matches(Container container, Filters filters) throws ApiException {
    return any(filters, "id", id -> container.id().startsWith(id))
        && any(filters, "name", name -> nameMatches(name, container.state().name()))
        && any(filters, "status", s -> container.state().status() == Status.of(s))
        && any(filters, "exited", code -> exitedWith(container, code))
        && any(filters, "volume", volume -> uses(container, volume))
        && any(filters, "network", network -> isOn(container, network))
        && any(filters, "publish", port -> publishes(container, port))
        && any(filters, "expose", port -> exposes(container, port))
        && any(filters, "health", wanted -> wanted.equals(health(container)))
        && any(filters, "is-task", task -> task.equals("false") || task.equals("0"))
        && filters.labels(container.definition().config().labels());
  }

  private static String health(Container container) {
    return container.health().map(health -> health.condition().word()).orElse("none");
  }

  private interface Test {
    boolean matches(String value) throws ApiException;
  }

  private static boolean any(Filters filters, String name, Test test) throws ApiException {
    if (!filters.has(name)) {
      return true;
    }
    for (String value : filters.get(name)) {
      if (test.matches(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean nameMatches(String pattern, String name) throws ApiException {
    try {
      Pattern compiled = Pattern.compile(pattern);
      return compiled.matcher(name).find() || compiled.matcher("/" + name).find();
    } catch (PatternSyntaxException e) {
      throw ApiException.badRequest("invalid filter 'name=" + pattern + "'");
    }
  }

  private static boolean exitedWith(Container container, String code) throws ApiException {
    try {
      int wanted = Integer.parseInt(code);
      Run run = container.state().run();
      return !container.state().status().alive()
          && !run.finishedAt().equals(Run.NEVER)
          && run.exitCode() == wanted;
    } catch (NumberFormatException e) {
      throw ApiException.badRequest("invalid filter 'exited=" + code + "'");
    }
  }

  private static boolean uses(Container container, String volume) {
    for (MountPoint mount : container.definition().mounts()) {
      if (mount.name().equals(volume)
          || mount.destination().equals(volume)
          || mount.source().equals(volume)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOn(Container container, String network) {
    return container.definition().hostConfig().networkMode().equals(network)
        || container
            .state()
            .lease()
            .filter(
                lease ->
                    lease.endpoints().stream()
                        .anyMatch(place -> place.networkId().startsWith(network)))
            .isPresent()
        || container.networks().stream().anyMatch(asked -> asked.network().equals(network));
  }

  private static boolean publishes(Container container, String wanted) {
    return ContainerParts.published(container).stream()
        .anyMatch(port -> portMatches(wanted, port.hostPort(), port.protocol()));
  }

  private static boolean exposes(Container container, String wanted) {
    return container.definition().config().exposedPorts().stream()
        .map(port -> port.split("/", 2))
        .anyMatch(
            port ->
                portMatches(wanted, Integer.parseInt(port[0]), port.length > 1 ? port[1] : "tcp"));
  }

  /** {@code wanted} is {@code 80}, {@code 80/udp} or {@code 80-90/tcp}. */
  private static boolean portMatches(String wanted, int port, String protocol) {
    String[] parts = wanted.split("/", 2);
    if (!protocol.equals(parts.length > 1 ? parts[1] : "tcp")
        || !parts[0].matches("\\d{1,5}(-\\d{1,5})?")) {
      return false;
    }
    String[] range = parts[0].split("-", 2);
    int first = Integer.parseInt(range[0]);
    return port >= first && port <= (range.length > 1 ? Integer.parseInt(range[1]) : first);
  }
}
