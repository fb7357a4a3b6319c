package io.metanode.containers.engine;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.operation.Operations;
import io.metanode.receipts.ReceiptSink.Appended;
import java.time.Duration;
import java.util.List;

/**
 * Receipts of what has happened whether or not the log can take them, such as the end of a process.
 * They are appended again, after 1 s, then after twice as long as the time before, up to 30 s,
 * until they are durable; nobody hears of what happened before.
 */
final class LastingReceipts {

  private static final System.Logger LOG = System.getLogger(LastingReceipts.class.getName());
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Timers timers;
  private volatile boolean stopped;

  LastingReceipts(Timers timers) {
    this.timers = timers;
  }

  /** Tries no more, because the engine closes; the next one finds what happened. */
  void stop() {
    stopped = true;
  }

  /** One try after another to receipt the same thing. */
  interface Attempt {

    /** Appends the receipts. */
    List<Appended> append() throws ApiException;

    /** They are not durable: takes back what appending them changed. */
    void undo(ApiException why);

    /** They are durable: tells those who wait. Called once. */
    void durable();
  }

  /** Returns when the receipts are durable, or when they will be tried again later. */
  void insist(Attempt attempt) {
    insist(attempt, FIRST);
  }

  private void insist(Attempt attempt, Duration delay) {
    try {
      for (Appended appended : attempt.append()) {
        Operations.awaitDurable(appended);
      }
    } catch (ApiException e) {
      attempt.undo(e);
      if (!stopped) {
        LOG.log(
            System.Logger.Level.ERROR,
            "trying again in " + delay.toSeconds() + " s: " + e.getMessage());
        Duration doubled = delay.multipliedBy(2);
        timers.after(
            delay, () -> insist(attempt, doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled));
      }
      return;
    }
    attempt.durable();
  }
}
