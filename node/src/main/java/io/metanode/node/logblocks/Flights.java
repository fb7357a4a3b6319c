package io.metanode.node.logblocks;

import io.metanode.crypto.Signer;
import io.metanode.ledger.LogBlockSubmission;
import io.metanode.ledger.LogLedger;
import io.metanode.ledger.LogStanding;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * LogBlocks on their way to the ledger, each in a transaction that comes after the one before, sent
 * by a thread of its own. They land in their order. Not safe for use by many threads.
 */
final class Flights {

  /**
   * The most at a time: enough that one leaves with each checkpoint while finality takes 800 ms.
   */
  private static final int MOST = 4;

  private static final Duration FINAL = Duration.ofSeconds(10);
  private static final long LOOK_MILLIS = 20;

  private record Flight(
      LogBlockSubmission submission,
      LogLedger.Sending sending,
      CompletableFuture<Optional<Long>> height) {}

  private final LogLedger ledger;
  private final Signer owner;
  private final Deque<Flight> flights = new ArrayDeque<>();

  Flights(LogLedger ledger, Signer owner) {
    this.ledger = ledger;
    this.owner = owner;
  }

  int count() {
    return flights.size();
  }

  boolean areNone() {
    return flights.isEmpty();
  }

  boolean haveRoom() {
    return flights.size() < MOST;
  }

  /** Sends a LogBlock off after those that are on their way. */
  void launch(LogBlockSubmission submission) throws IOException {
    LogLedger.Sending sending =
        ledger.prepare(
            owner, submission, Optional.ofNullable(flights.peekLast()).map(Flight::sending));
    CompletableFuture<Optional<Long>> height = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("logblock")
        .start(
            () -> {
              try {
                height.complete(ledger.send(sending, FINAL));
              } catch (IOException | RuntimeException e) {
                height.completeExceptionally(e);
              }
            });
    flights.add(new Flight(submission, sending, height));
  }

  boolean oldestIsDone() {
    Flight oldest = flights.peek();
    return oldest != null && oldest.height().isDone();
  }

  /** Waits a little for the oldest. */
  void awaitOldest() throws IOException {
    Flight oldest = flights.element();
    try {
      var _ = oldest.height().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // Told when it lands.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while LogBlocks are on their way");
    }
  }

  /**
   * Takes the oldest off, which is done.
   *
   * @return where the log stands by it; empty if that is not known
   * @throws IOException if it was refused, or not heard of
   */
  Optional<LogStanding> land() throws IOException {
    Flight oldest = flights.element();
    try {
      Optional<Long> height = oldest.height().join();
      if (height.isPresent()) {
        flights.remove();
        ledger.forget(oldest.sending());
      }
      return height.map(at -> LogStanding.after(oldest.submission().signed().block(), at));
    } catch (CompletionException e) {
      @Nullable Throwable cause = e.getCause();
      if (cause instanceof LogLedger.RefusedLogBlockException) {
        ledger.forget(oldest.sending());
      }
      throw cause instanceof IOException io
          ? new IOException(io.getMessage(), io)
          : new IOException("a LogBlock was not sent: " + cause, e);
    }
  }

  /** Waits for none of them any more; what the ledger took of them it says itself. */
  void abandon() {
    flights.clear();
  }
}
