package io.metanode.node.memory;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Gives memory back while a node rests; free native memory the JVM gives back by itself. */
public final class RestingMemory implements AutoCloseable {

  static final Duration EVERY = Duration.ofSeconds(5);

  private static final System.Logger LOG = System.getLogger(RestingMemory.class.getName());

  private final LongSupplier receipts;
  private final Rest rest;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("gives-memory-back").factory());

  private RestingMemory(LongSupplier receipts) {
    this.receipts = receipts;
    rest = new Rest(receipts.getAsLong());
  }

  /**
   * Gives back at once what a start needed, and later what work did.
   *
   * @param receipts how many receipts the node has written
   */
  public static RestingMemory start(LongSupplier receipts) {
    RestingMemory memory = new RestingMemory(receipts);
    // Reading the journal took several times the memory that serving does.
    memory.thread.execute(System::gc);
    long every = EVERY.toMillis();
    var _ = memory.thread.scheduleWithFixedDelay(memory::look, every, every, TimeUnit.MILLISECONDS);
    return memory;
  }

  private void look() {
    try {
      giveBack(rest.after(receipts.getAsLong()));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "memory is not given back any more", e);
      thread.shutdown();
    }
  }

  private static void giveBack(Rest.Due due) throws IOException {
    if (due == Rest.Due.NOTHING) {
      return;
    }
    if (due == Rest.Due.GARBAGE_AND_FILE_PAGES) {
      System.gc();
    }
    long given = FilePages.giveBack();
    LOG.log(System.Logger.Level.DEBUG, "gave back {0} KiB of files", Long.toString(given));
  }

  /** Waits for what is being given back; nothing more is. */
  @Override
  public void close() {
    thread.close();
  }
}
