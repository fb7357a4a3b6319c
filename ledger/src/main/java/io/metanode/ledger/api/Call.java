package io.metanode.ledger.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.metanode.foundation.Bytes32;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One request and its answer. */
final class Call {

  /** How much of a refused request's body is read before the connection is given up. */
  private static final long DISCARDED = 16L << 20;

  private final HttpExchange exchange;
  private final List<String> path;
  private final Map<String, String> query = new HashMap<>();

  Call(HttpExchange exchange) throws Problem {
    this.exchange = exchange;
    path =
        Arrays.stream(exchange.getRequestURI().getPath().split("/", -1))
            .filter(part -> !part.isEmpty())
            .toList();
    String raw = exchange.getRequestURI().getRawQuery();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        query.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
      }
    }
  }

  private static String decoded(String text) throws Problem {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("the query is not encoded as it should be");
    }
  }

  String method() {
    return exchange.getRequestMethod();
  }

  /** The parts of the path. */
  List<String> path() {
    return path;
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  boolean flag(String name) {
    return query(name).map(value -> !value.equals("false")).orElse(false);
  }

  long number(String name, long otherwise, long most) throws Problem {
    String text = query.getOrDefault(name, Long.toString(otherwise));
    if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) > most) {
      throw Problem.badRequest(name + " is a number up to " + most);
    }
    return Long.parseLong(text);
  }

  static Bytes32 hash(String text, String what) throws Problem {
    if (!text.matches("[0-9a-fA-F]{64}")) {
      throw Problem.badRequest(what + " has 64 hexadecimal digits");
    }
    return Bytes32.ofHex(text);
  }

  boolean isBinary() {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    return type != null && type.startsWith("application/octet-stream");
  }

  boolean wantsBinary() {
    String type = exchange.getRequestHeaders().getFirst("Accept");
    return type != null && type.startsWith("application/octet-stream");
  }

  byte[] body(int most) throws IOException, Problem {
    byte[] body = exchange.getRequestBody().readNBytes(most + 1);
    if (body.length > most) {
      throw Problem.tooLarge("more than " + most + " bytes");
    }
    return body;
  }

  void answer(int status, JsonNode json) throws IOException {
    answer(status, "application/json", Json.bytes(json));
  }

  void answer(Problem problem) throws IOException {
    discardBody();
    if (problem.passes()) {
      exchange.getResponseHeaders().set("Retry-After", "1");
    }
    answer(problem.status(), "application/problem+json", Json.bytes(problem.json()));
  }

  /** A client that still sends when its connection is closed hears of a reset, and not of why. */
  private void discardBody() throws IOException {
    InputStream in = exchange.getRequestBody();
    byte[] buffer = new byte[8192];
    int read = 0;
    for (long left = DISCARDED; left > 0 && read >= 0; left -= read) {
      read = in.read(buffer);
    }
  }

  void answer(int status, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** A body that is written piece by piece. */
  OutputStream stream(String type, long length) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, length);
    return exchange.getResponseBody();
  }
}
