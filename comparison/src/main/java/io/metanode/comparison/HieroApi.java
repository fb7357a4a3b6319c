package io.metanode.comparison;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.transaction.Transaction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers a bench as a validator's API does: the same server of the JDK, a virtual thread a
 * request, a batch answered when all of it is final and applied at this node.
 */
final class HieroApi {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int BACKLOG = 256;
  private static final int WAIT_SECONDS = 60;
  private static final int BUSY = 503;

  /** A batch is answered as docs/formats/ledger-api.md has it, without heights. */
  private static final int ANSWER = 11;

  private static final int FINAL = 1;

  private final HieroLedger ledger;
  private final HieroNode node;

  private HieroApi(HieroLedger ledger, HieroNode node) {
    this.ledger = ledger;
    this.node = node;
  }

  static void start(HieroLedger ledger, HieroNode node, int port) throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("jdk.httpserver.maxConnections", "2048");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    HieroApi api = new HieroApi(ledger, node);
    server.createContext("/v1/transactions/batch", api::batch);
    server.createContext("/v1/status", api::status);
    server.createContext("/v1/blocks/", api::block);
    server.start();
  }

  private void batch(HttpExchange exchange) throws IOException {
    List<Transaction> transactions;
    try {
      transactions = read(Bytes.of(exchange.getRequestBody().readAllBytes()));
    } catch (DecodingException e) {
      answer(exchange, 400, JSON.createObjectNode().put("detail", e.getMessage()));
      return;
    }
    List<CompletableFuture<Integer>> results =
        transactions.stream().map(one -> ledger.result(one.id())).toList();
    for (Transaction transaction : transactions) {
      if (!node.submit(transaction.encoded().toArray())) {
        answer(exchange, BUSY, JSON.createObjectNode().put("detail", "the node does not keep up"));
        return;
      }
    }
    Encoder out = new Encoder(ANSWER * results.size());
    for (CompletableFuture<Integer> result : results) {
      Optional<Integer> code = await(result);
      out.u8(code.isPresent() ? FINAL : 0).u16(code.orElse(0)).u64(0);
    }
    answer(exchange, 200, "application/octet-stream", out.toArray());
  }

  private static List<Transaction> read(Bytes body) throws DecodingException {
    Decoder in = body.decoder();
    List<Transaction> transactions = new ArrayList<>();
    while (in.remaining() > 0) {
      transactions.add(Transaction.decode(in.prefixed(Transaction.MAX_LENGTH)));
    }
    return transactions;
  }

  private static Optional<Integer> await(CompletableFuture<Integer> result) {
    try {
      return Optional.of(result.get(WAIT_SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private void status(HttpExchange exchange) throws IOException {
    Duration spent = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    ObjectNode json =
        JSON.createObjectNode()
            .put("height", ledger.height())
            .put("blocks", ledger.height())
            .put("transactions", ledger.applied())
            .put("signatureChecks", ledger.signatureChecks());
    json.putObject("cpuMicros").put("process", spent.toNanos() / 1_000);
    answer(exchange, 200, json);
  }

  /** The state root after a round stands for a block's id: equal ones are equal histories. */
  private void block(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    long height = Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
    Optional<Bytes32> root = ledger.root(height);
    ObjectNode json = JSON.createObjectNode().put("id", root.map(Bytes32::toString).orElse(""));
    answer(exchange, root.isPresent() ? 200 : 404, json);
  }

  private static void answer(HttpExchange exchange, int status, ObjectNode json)
      throws IOException {
    answer(exchange, status, "application/json", JSON.writeValueAsBytes(json));
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }
}
