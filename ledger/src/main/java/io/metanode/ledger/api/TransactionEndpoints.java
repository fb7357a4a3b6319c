package io.metanode.ledger.api;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.service.Answer;
import io.metanode.ledger.service.Ledger;
import io.metanode.ledger.service.Outcome;
import io.metanode.ledger.service.Proof;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/transactions}: submit, and ask what came of it. */
final class TransactionEndpoints implements Endpoints {

  private static final int MOST = 10_000;
  private static final int BATCH_BYTES = 8 << 20;
  private static final long LONGEST_WAIT_MILLIS = 60_000;
  private static final long WAIT_MILLIS = 10_000;

  private final Ledger ledger;

  TransactionEndpoints(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public boolean answer(Call call) throws IOException, Problem {
    List<String> path = call.path();
    if (path.size() < 2 || !path.get(0).equals("v1") || !path.get(1).equals("transactions")) {
      return false;
    }
    switch (call.method() + " " + path.size()) {
      case "POST 2" -> single(call);
      case "POST 3" -> {
        if (!path.get(2).equals("batch")) {
          throw Problem.notFound("POST /v1/transactions or /v1/transactions/batch");
        }
        batch(call);
      }
      case "GET 3" -> query(call, new TransactionId(Call.hash(path.get(2), "an id")));
      default -> throw Problem.wrongMethod("POST to submit, GET with an id to ask");
    }
    return true;
  }

  private void single(Call call) throws IOException, Problem {
    byte[] body = call.body(2 * Transaction.MAX_LENGTH + 1_000);
    Transaction transaction =
        call.isBinary() ? decode(Bytes.of(body)) : TransactionJson.read(Json.read(body));
    Answer answer = submit(call, List.of(transaction)).getFirst();
    boolean mayBeKnown = answer.outcome().isPresent() && !call.flag("fresh");
    if (!mayBeKnown && !answer.admission().isAccepted()) {
      throw Problem.refused(answer.admission());
    }
    call.answer(
        answer.outcome().isPresent() ? 200 : 202, TransactionJson.of(answer, ledger.module()));
  }

  private void batch(Call call) throws IOException, Problem {
    byte[] body = call.body(BATCH_BYTES);
    List<Transaction> transactions = call.isBinary() ? binary(body) : json(body);
    List<Answer> answers = submit(call, transactions);
    if (call.wantsBinary()) {
      call.answer(200, "application/octet-stream", BinaryAnswer.encode(answers));
      return;
    }
    ArrayNode results = Json.array();
    answers.forEach(answer -> results.add(TransactionJson.of(answer, ledger.module())));
    ObjectNode json = Json.object();
    json.set("transactions", results);
    call.answer(200, json);
  }

  private static List<Transaction> binary(byte[] body) throws Problem {
    Decoder in = Bytes.of(body).decoder();
    List<Transaction> transactions = new ArrayList<>();
    try {
      while (in.remaining() > 0) {
        limit(transactions.size() + 1);
        transactions.add(Transaction.decode(in.prefixed(Transaction.MAX_LENGTH)));
      }
    } catch (DecodingException e) {
      throw Problem.badRequest(
          "transaction " + transactions.size() + " of the batch: " + e.getMessage());
    }
    return transactions;
  }

  private static List<Transaction> json(byte[] body) throws Problem {
    JsonNode json = Json.read(body);
    if (!json.isArray()) {
      throw Problem.badRequest("a batch is an array of transactions");
    }
    limit(json.size());
    List<Transaction> transactions = new ArrayList<>(json.size());
    for (JsonNode one : json) {
      transactions.add(TransactionJson.read(one));
    }
    return transactions;
  }

  private static void limit(int count) throws Problem {
    if (count > MOST) {
      throw Problem.tooLarge("more than " + MOST + " transactions");
    }
  }

  private static Transaction decode(Bytes encoded) throws Problem {
    try {
      return Transaction.decode(encoded);
    } catch (DecodingException e) {
      throw Problem.badRequest("no transaction: " + e.getMessage());
    }
  }

  private List<Answer> submit(Call call, List<Transaction> transactions)
      throws IOException, Problem {
    Duration wait = Duration.ZERO;
    if (call.query("wait").map("final"::equals).orElse(false)) {
      wait = Duration.ofMillis(call.number("timeoutMillis", WAIT_MILLIS, LONGEST_WAIT_MILLIS));
    }
    Optional<List<Answer>> answers;
    try {
      answers = ledger.submit(transactions, wait);
    } catch (IOException e) {
      throw Problem.stopped(String.valueOf(e.getMessage()));
    }
    return answers.orElseThrow(Problem::busy);
  }

  private void query(Call call, TransactionId id) throws IOException, Problem {
    Outcome outcome =
        ledger
            .outcome(id)
            .orElseThrow(
                () -> Problem.notFound("not final: " + id + " may wait, be lost or be pruned"));
    ObjectNode json = Json.object().put("id", id.toString()).put("status", "FINAL");
    TransactionJson.put(json, outcome, ledger.module());
    Optional<Proof> proof = call.flag("proof") ? ledger.prove(id) : Optional.empty();
    if (call.flag("proof")) {
      json.set(
          "proof",
          ProofJson.of(
              ledger.genesis(),
              ledger.changes(),
              proof.orElseThrow(
                  () -> Problem.notFound("the block after it, which names results, is to come"))));
    }
    call.answer(200, json);
  }
}
