package io.metanode.containers.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The routes of a server. Where several patterns match, the one with more literal segments wins.
 * Filled before the server starts; read by many threads afterwards.
 */
public final class RouteTable implements Router {

  private final Map<String, List<Route>> byFirstSegment = new HashMap<>();

  /** A match: what to run, and the placeholders' values. */
  record Match(HttpHandler handler, Map<String, String> parameters) {}

  private record Route(String method, RoutePattern pattern, HttpHandler handler) {}

  @Override
  public void route(String method, String pattern, HttpHandler handler) {
    RoutePattern parsed = RoutePattern.parse(pattern);
    List<Route> routes =
        byFirstSegment.computeIfAbsent(parsed.firstSegment(), _ -> new ArrayList<>());
    if (routes.stream()
        .anyMatch(route -> route.method.equals(method) && route.pattern.equals(parsed))) {
      throw new IllegalArgumentException("routed twice: " + method + " " + pattern);
    }
    routes.add(new Route(method, parsed, handler));
    routes.sort(Comparator.comparingInt((Route route) -> route.pattern.literals()).reversed());
  }

  /** The best match; HEAD falls back to GET. */
  Optional<Match> find(String method, String path) {
    List<String> segments = RoutePattern.segments(path);
    Optional<Match> match = findExactly(method, segments);
    return match.isEmpty() && method.equals("HEAD") ? findExactly("GET", segments) : match;
  }

  private Optional<Match> findExactly(String method, List<String> segments) {
    for (Route route : candidates(segments)) {
      if (route.method.equals(method)) {
        Optional<Map<String, String>> parameters = route.pattern.match(segments);
        if (parameters.isPresent()) {
          return Optional.of(new Match(route.handler, parameters.get()));
        }
      }
    }
    return Optional.empty();
  }

  /** The methods that a path has routes for, sorted; empty if the path is unknown. */
  List<String> allowed(String path) {
    List<String> segments = RoutePattern.segments(path);
    TreeSet<String> methods = new TreeSet<>();
    for (Route route : candidates(segments)) {
      if (route.pattern.match(segments).isPresent()) {
        methods.add(route.method);
      }
    }
    return List.copyOf(methods);
  }

  private List<Route> candidates(List<String> segments) {
    return segments.isEmpty()
        ? List.of()
        : byFirstSegment.getOrDefault(segments.getFirst(), List.of());
  }
}
