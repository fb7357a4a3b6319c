package io.metanode.receipts;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * Where an engine puts its receipts. The order of work is: reserve, do the operation, append, wait
 * for durability, answer the client.
 */
public interface ReceiptSink {

  /**
   * How much earlier a receipt may have been finished than one that lies before it in the log: who
   * ends an operation reads the clock first, and others come between that and the log.
   */
  Duration DISORDER = Duration.ofSeconds(10);

  /**
   * Sets room aside for one receipt, so that an operation which was done can always be receipted.
   *
   * @throws IOException if the log cannot take another receipt (disk full, log closed or damaged);
   *     the operation must then be refused
   */
  Reservation reserve() throws IOException;

  /**
   * The durable receipts at the log's end that were finished at {@code from} or later, oldest
   * first.
   *
   * @throws IOException if the log cannot be read
   */
  default List<Step> since(Instant from) throws IOException {
    List<Step> steps = new ArrayList<>();
    have(
        from,
        step -> {
          steps.add(step);
          return false;
        });
    Collections.reverse(steps);
    return steps;
  }

  /**
   * Whether one of the durable receipts at the log's end that were finished at {@code from} or
   * later is as wanted: what an engine looks at to see whether what it finds after a crash was
   * receipted. They are looked at one by one, the newest first.
   *
   * @throws IOException if the log cannot be read
   */
  default boolean have(Instant from, Predicate<Step> wanted) throws IOException {
    Durable log = durable();
    Instant earliest = from.minus(DISORDER);
    for (long index = log.size() - 1; index >= 0; index--) {
      Step step = log.step(index);
      if (step.finishedAt().isBefore(earliest)) {
        return false;
      }
      if (!step.finishedAt().isBefore(from) && wanted.test(step)) {
        return true;
      }
    }
    return false;
  }

  /** The number of receipts, those that are not durable yet included: a later one's least index. */
  long size();

  /**
   * The receipts that are durable now.
   *
   * @throws IOException if the log cannot be read
   */
  Durable durable() throws IOException;

  /** Receipts that are durable. For one thread. */
  interface Durable {

    long size();

    /**
     * What the receipt at an index below the size says.
     *
     * @throws IOException if the log cannot be read
     */
    Step step(long index) throws IOException;
  }

  /** Room for one receipt. Closing it unused gives the room back. */
  interface Reservation extends AutoCloseable {

    /** Adds the receipt to the log; it is durable once {@link Appended#awaitDurable} returns. */
    Appended append(Step step);

    @Override
    void close();
  }

  /** A receipt's place in the log. */
  interface Appended {

    /** The leaf index, from 0. */
    long index();

    /**
     * Waits until the receipt survives a crash of the machine.
     *
     * @throws IOException if it could not be made durable; the client must not hear of success
     */
    void awaitDurable() throws IOException;
  }
}
