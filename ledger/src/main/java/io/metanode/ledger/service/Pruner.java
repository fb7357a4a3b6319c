package io.metanode.ledger.service;

import io.metanode.ledger.store.Chain;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Forgets old blocks on a thread of its own, a file at a time, so that the consensus thread never
 * waits for it. What it could not do it tries again after more blocks.
 */
public final class Pruner implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Pruner.class.getName());

  /** The blocks from one look for something to forget to the next. */
  private static final int EVERY = 64;

  private final Chain chain;
  private final long keep;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("ledger-pruner").factory());

  /**
   * @param keep the last blocks to keep, at least; 0 for all
   */
  public Pruner(Chain chain, long keep) {
    this.chain = chain;
    this.keep = keep;
  }

  /** A block was decided. Never blocks. */
  public void decided(long height) {
    if (keep == 0 || height % EVERY != 0 || !busy.compareAndSet(false, true)) {
      return;
    }
    try {
      thread.execute(() -> prune(height - keep + 1));
    } catch (RejectedExecutionException e) {
      busy.set(false);
    }
  }

  private void prune(long keepFrom) {
    try {
      boolean more = true;
      while (more && !thread.isShutdown()) {
        more = chain.prune(keepFrom);
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "old blocks could not be forgotten, and take room: {0}",
          e.getMessage());
    } finally {
      busy.set(false);
    }
  }

  /** Waits for the file it is at. */
  @Override
  public void close() {
    thread.close();
  }
}
