package io.metanode.node.process;

import io.metanode.crypto.PrivateKeySigner;
import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LedgerTransactions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * Sends one transfer after the other. Each goes to one validator after the other until one says
 * that it is final; that word is remembered.
 */
final class LedgerSender implements Runnable {

  private static final String RECIPIENT = "0".repeat(63) + "1";

  private final LedgerNet net;
  private final PrivateKeySigner key;
  private final AtomicBoolean stop = new AtomicBoolean();
  private final List<String> acknowledged = new CopyOnWriteArrayList<>();
  private volatile String lastRefusal = "";

  LedgerSender(LedgerNet net, PrivateKeySigner key) {
    this.net = net;
    this.key = key;
  }

  /** The ids that a validator said are final and applied, in their order. */
  List<String> acknowledged() {
    return acknowledged;
  }

  String lastRefusal() {
    return lastRefusal;
  }

  void stop() {
    stop.set(true);
  }

  @Override
  public void run() {
    Optional<LedgerTransactions> transactions = Optional.empty();
    for (int turn = 0; !stop.get(); turn++) {
      try (LedgerClient client = net.client(turn % LedgerNet.SIZE)) {
        if (transactions.isEmpty()) {
          transactions = Optional.of(ofChain(client.get("/v1/status")));
        }
        send(client, transactions.get());
      } catch (IOException e) {
        lastRefusal = String.valueOf(e.getMessage());
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
  }

  private static LedgerTransactions ofChain(JsonNode status) {
    return LedgerTransactions.of(
        status.required("chain").asString(),
        status.required("leastFeeBase").asLong(),
        status.required("leastFeePerByte").asLong());
  }

  private void send(LedgerClient client, LedgerTransactions transactions) throws IOException {
    while (!stop.get()) {
      LedgerTransactions.Signed signed =
          transactions.transfer(
              key,
              new LedgerTransactions.Place(acknowledged.size(), 1L << 40),
              "NEX",
              RECIPIENT,
              1);
      JsonNode answer =
          client.post("/v1/transactions?wait=final&timeoutMillis=3000", signed.encoded());
      if (!answer.path("result").asString("").equals("OK")) {
        throw new IOException("not final: " + answer);
      }
      acknowledged.add(signed.id());
    }
  }
}
