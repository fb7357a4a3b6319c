package io.metanode.receipts;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where an engine puts its receipts. The order of work is: reserve, do the operation, append, wait
 * for durability, answer the client.
 */
public interface ReceiptSink {

  /**
   * Sets room aside for one receipt, so that an operation which was done can always be receipted.
   *
   * @throws IOException if the log cannot take another receipt (disk full, log closed or damaged);
   *     the operation must then be refused
   */
  Reservation reserve() throws IOException;

  /**
   * The durable receipts at the log's end that were finished at {@code from} or later, oldest
   * first: what an engine looks at to see whether what it finds after a crash was receipted.
   *
   * @throws IOException if the log cannot be read
   */
  List<Step> since(Instant from) throws IOException;

  /**
   * When the last durable receipt was finished; empty if there is none.
   *
   * @throws IOException if the log cannot be read
   */
  Optional<Instant> last() throws IOException;

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
