package io.metanode.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.metanode.crypto.Ed25519PublicKey;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a validator over its API. What it answers is a validator's word: {@link LedgerProof} checks
 * what needs more than that. A validator that does not answer in time, whole, is given up, so that
 * its caller can turn to another: one that was cut off from the network says nothing at all. Safe
 * for use by many threads.
 */
public final class LedgerClient implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String BINARY = "application/octet-stream";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int NOT_FOUND = 404;

  /** For what may be long: a genesis, a snapshot. */
  private static final Duration LONG = Duration.ofMinutes(10);

  private final HttpClient http;
  private final URI base;
  private final Duration patience;

  /**
   * @param base such as {@code http://127.0.0.1:7400}
   */
  public LedgerClient(URI base) {
    this(base, PATIENCE);
  }

  /**
   * @param patience how long an answer may take, beside what a request itself asks to wait
   */
  public LedgerClient(URI base, Duration patience) {
    this.base = base;
    this.patience = patience;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience)
            .build();
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
    return json(send(HttpRequest.newBuilder(base.resolve(path)).GET(), patience));
  }

  /** Asks for what may not be there. */
  public Optional<JsonNode> find(String path) throws IOException {
    try {
      return Optional.of(get(path));
    } catch (RefusedException e) {
      if (e.status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The sequence of an account's next transaction. */
  public long sequence(Ed25519PublicKey account) throws IOException {
    return get("/v1/accounts/" + LedgerTransactions.account(account)).required("sequence").asLong();
  }

  /** Asks for bytes, which may be many. */
  public byte[] getBytes(String path) throws IOException {
    return send(HttpRequest.newBuilder(base.resolve(path)).GET(), LONG).body();
  }

  /** Asks for bytes, and writes them to a file, which is there whole or not at all. */
  public void download(String path, Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      HttpResponse<Path> answer =
          send(
              HttpRequest.newBuilder(base.resolve(path)).GET(),
              LONG,
              HttpResponse.BodyHandlers.ofFile(part));
      if (answer.statusCode() >= 300) {
        throw new RefusedException(answer.statusCode(), problem(Files.readAllBytes(part)));
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Sends bytes, and waits for no more than the answer to them. */
  public JsonNode post(String path, byte[] body) throws IOException {
    return post(path, body, patience);
  }

  /**
   * Submits transactions and waits for them to be final.
   *
   * @param path {@code /v1/transactions}, or {@code /v1/transactions/batch}
   * @param wait how long the validator may hold its answer back, 60 s at most
   * @throws RefusedException if the answer is a problem
   */
  public JsonNode submit(String path, byte[] body, Duration wait) throws IOException {
    return post(path + untilFinal(wait), body, wait.plus(patience));
  }

  /**
   * Submits a transaction that nobody submitted before, and waits for it to be final.
   *
   * @param wait how long the validator may hold its answer back, 60 s at most
   * @throws RefusedException if the answer is a problem; also if the same transaction is known
   */
  public JsonNode submitFresh(byte[] transaction, Duration wait) throws IOException {
    String path = "/v1/transactions" + untilFinal(wait) + "&fresh=true";
    return post(path, transaction, wait.plus(patience));
  }

  private static String untilFinal(Duration wait) {
    return "?wait=final&timeoutMillis=" + wait.toMillis();
  }

  /**
   * Submits a batch, waits for it to be final, and takes the answer in binary: eleven bytes for
   * each transaction (docs/formats/ledger-api.md).
   *
   * @param wait how long the validator may hold its answer back, 60 s at most
   * @throws RefusedException if the answer is a problem
   */
  public byte[] submitBatch(byte[] body, Duration wait) throws IOException {
    String path = "/v1/transactions/batch" + untilFinal(wait);
    HttpRequest.Builder request = posting(path, body).header("Accept", BINARY);
    return send(request, wait.plus(patience)).body();
  }

  private JsonNode post(String path, byte[] body, Duration limit) throws IOException {
    return json(send(posting(path, body), limit));
  }

  private HttpRequest.Builder posting(String path, byte[] body) {
    return HttpRequest.newBuilder(base.resolve(path))
        .header("Content-Type", BINARY)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request, Duration limit)
      throws IOException {
    HttpResponse<byte[]> answer = send(request, limit, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() >= 300) {
      throw new RefusedException(answer.statusCode(), problem(answer.body()));
    }
    return answer;
  }

  private <T> HttpResponse<T> send(
      HttpRequest.Builder request, Duration limit, HttpResponse.BodyHandler<T> body)
      throws IOException {
    // The time limit of a request ends with the answer's head: the body may stall as well.
    CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request.build(), body);
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(
          "the validator at %s did not answer in %d s; ask another"
              .formatted(base, limit.toSeconds()),
          e);
    } catch (ExecutionException e) {
      throw failed(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  private IOException failed(Throwable reason) {
    return reason instanceof ConnectException || reason instanceof HttpConnectTimeoutException
        ? new IOException("no validator answers at " + base, reason)
        : new IOException("the validator at " + base + " fell silent: " + reason, reason);
  }

  private static JsonNode problem(byte[] body) {
    try {
      return json(body);
    } catch (IOException e) {
      return JSON.createObjectNode().put("detail", new String(body, UTF_8));
    }
  }

  private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
    return json(response.body());
  }

  private static JsonNode json(byte[] body) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      throw new IOException("the validator's answer is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
