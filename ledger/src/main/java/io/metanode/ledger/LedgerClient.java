package io.metanode.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a validator over its API. What it answers is a validator's word: {@link LedgerProof} checks
 * what needs more than that. Safe for use by many threads.
 */
public final class LedgerClient implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;

  /**
   * @param base such as {@code http://127.0.0.1:7400}
   */
  public LedgerClient(URI base) {
    this.base = base;
  }

  /** The validator refused, and said why. */
  public static final class RefusedException extends IOException {
    private final int status;
    private final JsonNode problem;

    RefusedException(int status, JsonNode problem) {
      super(problem.path("detail").asString("HTTP status " + status));
      this.status = status;
      this.problem = problem;
    }

    public int status() {
      return status;
    }

    /** The answer's body (RFC 9457). */
    public JsonNode problem() {
      return problem;
    }
  }

  /**
   * Asks.
   *
   * @param path and query, such as {@code /v1/status}
   * @throws RefusedException if the answer is a problem
   */
  public JsonNode get(String path) throws IOException {
    return json(send(HttpRequest.newBuilder(base.resolve(path)).GET()));
  }

  public byte[] getBytes(String path) throws IOException {
    return send(HttpRequest.newBuilder(base.resolve(path)).GET()).body();
  }

  /** Sends bytes. */
  public JsonNode post(String path, byte[] body) throws IOException {
    return json(
        send(
            HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))));
  }

  /** Sends bytes and asks for bytes. */
  public byte[] exchange(String path, byte[] body) throws IOException {
    return send(HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", "application/octet-stream")
            .header("Accept", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)))
        .body();
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<byte[]> response =
          http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() >= 300) {
        throw new RefusedException(response.statusCode(), problem(response));
      }
      return response;
    } catch (ConnectException e) {
      throw new IOException("no validator answers at " + base, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static JsonNode problem(HttpResponse<byte[]> response) {
    try {
      return json(response);
    } catch (IOException e) {
      return JSON.createObjectNode().put("detail", new String(response.body(), UTF_8));
    }
  }

  private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
    try {
      return JSON.readTree(response.body());
    } catch (JacksonException e) {
      throw new IOException("the validator's answer is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
