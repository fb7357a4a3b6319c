package io.metanode.containers.api;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Docker's stream of progress messages, one JSON object a line. The answer begins with the first
 * message: a failure before it is an error status, one after it an error message.
 */
final class JsonMessages {

  private static final System.Logger LOG = System.getLogger(JsonMessages.class.getName());

  private final HttpExchange exchange;
  private @Nullable OutputStream out;

  JsonMessages(HttpExchange exchange) {
    this.exchange = exchange;
  }

  /** A message to be filled in. */
  static ObjectNode message() {
    return Json.MAPPER.createObjectNode();
  }

  void send(JsonNode message) throws IOException {
    begin();
    OutputStream stream = Objects.requireNonNull(out);
    stream.write((message + "\r\n").getBytes(StandardCharsets.UTF_8));
    stream.flush();
  }

  /** Begins the answer: what fails from now on is told in it. */
  void begin() throws IOException {
    if (out == null) {
      out = exchange.stream(200, "application/json");
    }
  }

  /** Ends the answer with a failure, in the node's log too if nobody foresaw it. */
  void fail(Exception failure) throws ApiException, IOException {
    if (failure instanceof RuntimeException) {
      LOG.log(Level.ERROR, "failed: " + exchange.method() + " " + exchange.path(), failure);
    }
    fail(ApiException.of(failure), 0);
  }

  /**
   * As {@link #fail(Exception)}.
   *
   * @param code what the client ends with; 0 leaves it to the client
   */
  void fail(ApiException failure, int code) throws ApiException, IOException {
    if (out == null) {
      throw failure;
    }
    String text = String.valueOf(failure.getMessage());
    ObjectNode message = message();
    ObjectNode detail = message.putObject("errorDetail");
    if (code != 0) {
      detail.put("code", code);
    }
    detail.put("message", text);
    message.put("error", text);
    send(message);
    close();
  }

  void close() throws IOException {
    OutputStream stream = out;
    if (stream != null) {
      stream.close();
    }
  }
}
