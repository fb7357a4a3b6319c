package io.metanode.ledger.service;

import io.metanode.ledger.transaction.Ed25519Check;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionId;
import io.metanode.ledger.transaction.VerifiedTransaction;
import io.metanode.ledger.transaction.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;

/** Checks signatures on all processors, a chunk at a time, each signature once. */
final class Verification implements AutoCloseable {

  /** About two milliseconds of work. */
  private static final int CHUNK = 64;

  private static final int KEPT = 1 << 18;
  private static final int SENDERS = 1 << 16;

  private final ExecutorService threads;
  private final Verifier verifier;

  Verification(int processors) {
    threads =
        Executors.newFixedThreadPool(
            processors, Thread.ofPlatform().daemon().name("ledger-verify-", 0).factory());
    verifier = new Verifier(new Ed25519Check(SENDERS), KEPT, Runnable::run);
  }

  /**
   * Checks transactions.
   *
   * @param verdict told of each chunk: those whose signatures hold, and the others
   */
  void verify(
      List<Transaction> transactions,
      BiConsumer<List<VerifiedTransaction>, List<TransactionId>> verdict) {
    for (int from = 0; from < transactions.size(); from += CHUNK) {
      List<Transaction> chunk =
          transactions.subList(from, Math.min(from + CHUNK, transactions.size()));
      try {
        threads.execute(() -> decide(chunk, verdict));
      } catch (RejectedExecutionException e) {
        return; // Stopping: nobody waits for the verdict.
      }
    }
  }

  private void decide(
      List<Transaction> chunk, BiConsumer<List<VerifiedTransaction>, List<TransactionId>> verdict) {
    List<VerifiedTransaction> verified = new ArrayList<>(chunk.size());
    List<TransactionId> refused = new ArrayList<>();
    List<Optional<VerifiedTransaction>> answers = verifier.verify(chunk);
    for (int i = 0; i < answers.size(); i++) {
      TransactionId id = chunk.get(i).id();
      answers.get(i).ifPresentOrElse(verified::add, () -> refused.add(id));
    }
    verdict.accept(verified, refused);
  }

  /** The signatures checked so far. */
  long checks() {
    return verifier.checks();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
