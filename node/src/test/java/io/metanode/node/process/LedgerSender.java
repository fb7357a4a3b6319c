package io.metanode.node.process;

import io.metanode.crypto.PrivateKeySigner;
import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LedgerTransactions;
import java.io.IOException;
import java.time.Duration;
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
  private static final Duration WAIT = Duration.ofSeconds(3);

  private final LedgerNet net;
  private final PrivateKeySigner key;
  private final AtomicBoolean stop = new AtomicBoolean();
  private final List<String> acknowledged = new CopyOnWriteArrayList<>();
  private final int first;
  private volatile String at = "not started";
  private volatile long since = System.nanoTime();
  private volatile String lastRefusal = "none";

  /**
   * @param first the validator it begins with
   */
  LedgerSender(LedgerNet net, PrivateKeySigner key, int first) {
    this.net = net;
    this.key = key;
    this.first = first;
  }

  /** The ids that a validator said are final and applied, in their order. */
  List<String> acknowledged() {
    return acknowledged;
  }

  /** What it is at, and since when. */
  String standing() {
    return "sender %d has %d acknowledged; for %d s %s; its last refusal: %s"
        .formatted(
            first,
            acknowledged.size(),
            TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since),
            at,
            lastRefusal);
  }

  private void isAt(String what) {
    at = what;
    since = System.nanoTime();
  }

  void stop() {
    stop.set(true);
  }

  @Override
  public void run() {
    Optional<LedgerTransactions> transactions = Optional.empty();
    for (int turn = first; !stop.get(); turn++) {
      int validator = turn % LedgerNet.SIZE;
      try (LedgerClient client = net.client(validator)) {
        if (transactions.isEmpty()) {
          isAt("asks validator " + validator + " for its status");
          transactions = Optional.of(LedgerTransactions.of(client.get("/v1/status")));
        }
        send(client, validator, transactions.get());
      } catch (IOException e) {
        lastRefusal = "validator " + validator + ", " + at + ": " + e.getMessage();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
  }

  private void send(LedgerClient client, int validator, LedgerTransactions transactions)
      throws IOException {
    while (!stop.get()) {
      isAt("waits at validator " + validator + " for transaction " + acknowledged.size());
      LedgerTransactions.Signed signed =
          transactions.transfer(
              key,
              new LedgerTransactions.Place(acknowledged.size(), 1L << 40),
              "NEX",
              RECIPIENT,
              1);
      JsonNode answer = client.submit("/v1/transactions", signed.encoded(), WAIT);
      if (!answer.path("result").asString("").equals("OK")) {
        throw new IOException("not final: " + answer);
      }
      acknowledged.add(signed.id());
    }
  }
}
