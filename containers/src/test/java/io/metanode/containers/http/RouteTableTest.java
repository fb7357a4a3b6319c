package io.metanode.containers.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RouteTableTest {

  private final RouteTable routes = new RouteTable();

  private HttpHandler route(String method, String pattern) {
    HttpHandler handler = exchange -> exchange.send(200);
    routes.route(method, pattern, handler);
    return handler;
  }

  @Test
  void literalsWinOverPlaceholders() {
    HttpHandler any = route("GET", "/images/{name...}/json");
    HttpHandler list = route("GET", "/images/json");
    HttpHandler get = route("GET", "/images/get");
    HttpHandler one = route("GET", "/images/{name}/get");
    assertEquals(list, routes.find("GET", "/images/json").orElseThrow().handler());
    assertEquals(get, routes.find("GET", "/images/get").orElseThrow().handler());
    assertEquals(one, routes.find("GET", "/images/get/get").orElseThrow().handler());
    RouteTable.Match match = routes.find("GET", "/images/reg:5000/a/json/json").orElseThrow();
    assertEquals(any, match.handler());
    assertEquals(Map.of("name", "reg:5000/a/json"), match.parameters());
  }

  @Test
  void headFallsBackToGetAndOthersAreNotAllowed() {
    HttpHandler get = route("GET", "/containers/{id}/archive");
    HttpHandler head = route("HEAD", "/containers/{id}/archive");
    HttpHandler json = route("GET", "/containers/{id}/json");
    assertEquals(head, routes.find("HEAD", "/containers/a/archive").orElseThrow().handler());
    assertEquals(get, routes.find("GET", "/containers/a/archive").orElseThrow().handler());
    assertEquals(json, routes.find("HEAD", "/containers/a/json").orElseThrow().handler());
    assertTrue(routes.find("POST", "/containers/a/json").isEmpty());
    assertEquals(List.of("GET", "HEAD"), routes.allowed("/containers/a/archive"));
  }

  @Test
  void emptySegmentsAndUnknownPathsMatchNothing() {
    route("GET", "/containers/{id}");
    for (String path : List.of("/", "", "/containers", "/containers/", "/containers//", "/x/y")) {
      assertEquals(Optional.empty(), routes.find("GET", path), path);
      assertEquals(List.of(), routes.allowed(path), path);
    }
  }

  @Test
  void routingTwiceIsRefused() {
    route("GET", "/a/{id}");
    assertThrows(IllegalArgumentException.class, () -> route("GET", "/a/{id}"));
    assertThrows(IllegalArgumentException.class, () -> route("GET", "/a/{x...}/{y...}"));
  }
}
