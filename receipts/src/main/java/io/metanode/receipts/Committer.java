package io.metanode.receipts;

import io.metanode.crypto.Signer;
import io.metanode.crypto.SigningException;
import io.metanode.receipts.journal.Journal;
import io.metanode.receipts.statement.Statement;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The log's one writer. Whoever appends takes the next place, and then seals what waits, its own
 * and others' (flat combining: Hendler, Incze, Shavit, Tzafrir, SPAA 2010), unless another thread
 * is at it; one thread writes all that was sealed since its last write as one group, and tells all
 * who wait. While the disk syncs a group, the next one is sealed, and the more wait, the fewer
 * syncs each costs.
 *
 * <p>A key that does not sign keeps its entry waiting, and those after it; it is asked again, and
 * meanwhile no room is given for further work.
 */
final class Committer {

  /** An appender seals so many entries at most; what is left is the writer's. */
  private static final int MOST_SEALED = 64;

  private static final long FIRST_RETRY_MILLIS = 100;
  private static final long LONGEST_RETRY_MILLIS = 5_000;

  private record Unsealed(Statement statement, @Nullable Signer next, Pending pending) {}

  /** A sealed entry and who waits for it. */
  private record Gathered(Sealed sealed, Pending pending) {}

  private final Journal journal;
  private final Publisher publisher;
  private final RecentUsage recent;
  private final Thread thread;

  /** Held by who seals. */
  private final ReentrantLock sealing = new ReentrantLock();

  private final Chain chain;
  private final Deque<Unsealed> unsealed = new ArrayDeque<>();
  private List<Gathered> gathered = new ArrayList<>();
  private long nextIndex;
  private boolean closed;
  private @Nullable IOException failure;
  private @Nullable SigningException trouble;
  private long retryMillis = FIRST_RETRY_MILLIS;

  Committer(Journal journal, Publisher publisher, Chain chain, long size, RecentUsage recent) {
    this.journal = journal;
    this.publisher = publisher;
    this.chain = chain;
    this.recent = recent;
    nextIndex = size;
    thread = Thread.ofPlatform().name("receipts-committer").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** The number of entries, durable or not. */
  synchronized long size() {
    return nextIndex;
  }

  /** Throws if the log takes no more entries, or none at the moment. */
  synchronized void check() throws IOException {
    if (failure != null) {
      throw new IOException(
          "the receipt log has stopped: " + failure.getMessage() + "; restart the node", failure);
    }
    if (closed) {
      throw new IOException("the receipt log is closed");
    }
    if (trouble != null) {
      throw new IOException(
          "receipts cannot be signed now: " + trouble.getMessage() + "; the key is asked again",
          trouble);
    }
  }

  /**
   * Adds an entry.
   *
   * @param next the key that signs from the next entry on, if this entry passes to one
   */
  Pending append(Statement statement, Usage usage, @Nullable Signer next) {
    Pending pending;
    synchronized (this) {
      pending = new Pending(nextIndex, new CompletableFuture<>());
      if (failure != null || closed) {
        pending.durable().completeExceptionally(new IOException("the receipt log has stopped"));
        return pending;
      }
      unsealed.add(new Unsealed(statement, next, pending));
      recent.add(usage);
      nextIndex++;
      if (trouble != null) {
        return pending;
      }
    }
    seal();
    return pending;
  }

  /** Seals entries that wait, in their order, unless another thread does. */
  private void seal() {
    int left = MOST_SEALED;
    // One that came while another thread was about to leave is seen by that thread here.
    while (left > 0 && waits() && sealing.tryLock()) {
      try {
        while (left > 0 && sealNext()) {
          left--;
        }
      } finally {
        sealing.unlock();
      }
    }
    if (left == 0) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /** Signs a statement that is no entry. */
  byte[] sign(byte[] statement) throws SigningException {
    return chain.sign(statement);
  }

  private synchronized boolean waits() {
    return !unsealed.isEmpty() && trouble == null && failure == null;
  }

  private synchronized @Nullable Unsealed firstUnsealed() {
    return unsealed.peek();
  }

  /** Seals the first entry that waits; false if there is none, or the key does not sign. */
  private boolean sealNext() {
    Unsealed next = firstUnsealed();
    if (next == null) {
      return false;
    }
    try {
      Sealed sealed = chain.seal(next.pending().index(), next.statement(), next.next());
      sealed(new Gathered(sealed, next.pending()));
      return true;
    } catch (SigningException e) {
      troubled(e);
    } catch (RuntimeException e) {
      stop(new IOException(e));
    }
    return false;
  }

  private synchronized void sealed(Gathered entry) {
    unsealed.remove();
    gathered.add(entry);
    trouble = null;
    retryMillis = FIRST_RETRY_MILLIS;
    notifyAll();
  }

  private synchronized void troubled(SigningException why) {
    trouble = why;
    notifyAll();
  }

  /** Asks the key again that did not sign. */
  private void retry() {
    sealing.lock();
    try {
      boolean _ = sealNext();
    } finally {
      sealing.unlock();
    }
  }

  private void run() {
    List<Gathered> group = take();
    while (!group.isEmpty()) {
      try {
        commit(group);
      } catch (IOException | RuntimeException e) {
        fail(group, e instanceof IOException io ? io : new IOException(e));
        return;
      }
      group = take();
    }
  }

  /** Waits for entries; none means that the log is closed, or has stopped. */
  private List<Gathered> take() {
    while (true) {
      seal();
      synchronized (this) {
        if (!gathered.isEmpty()) {
          List<Gathered> group = gathered;
          gathered = new ArrayList<>();
          return group;
        }
        if (failure != null || (closed && unsealed.isEmpty())) {
          return List.of();
        }
        await();
      }
      if (isTroubled()) {
        retry();
        giveUpIfClosed();
      }
    }
  }

  private synchronized boolean isTroubled() {
    return trouble != null;
  }

  /** Waits for something to do; with this locked. */
  @SuppressWarnings("WaitNotInLoop") // take() loops
  private void await() {
    try {
      if (trouble != null) {
        wait(closed ? 1 : retryMillis);
        retryMillis = Math.min(2 * retryMillis, LONGEST_RETRY_MILLIS);
      } else if (unsealed.isEmpty() || sealing.isLocked()) {
        wait();
      }
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  /** A log that closes asks its key once more. */
  private synchronized void giveUpIfClosed() {
    if (closed && trouble != null) {
      stop(trouble);
    }
  }

  /** Takes no more; what was sealed is still written. */
  private synchronized void stop(IOException cause) {
    failure = cause;
    unsealed.forEach(one -> one.pending().durable().completeExceptionally(cause));
    unsealed.clear();
    notifyAll();
  }

  private void commit(List<Gathered> group) throws IOException {
    List<Sealed> entries = group.stream().map(Gathered::sealed).toList();
    journal.write(entries.stream().map(Sealed::entry).toList());
    for (Gathered one : group) {
      Signer next = one.sealed().next();
      if (next != null) {
        publisher.rotated(one.pending().index() + 1, next);
      }
    }
    publisher.add(entries);
    journal.release(group.size());
    group.forEach(one -> one.pending().durable().complete(null));
  }

  private synchronized void fail(List<Gathered> group, IOException cause) {
    group.forEach(one -> one.pending().durable().completeExceptionally(cause));
    gathered.forEach(one -> one.pending().durable().completeExceptionally(cause));
    gathered.clear();
    stop(cause);
  }

  /** Takes no more entries and returns once all it took are durable. */
  void close() throws IOException {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the receipt log was closing", e);
    }
    synchronized (this) {
      if (failure != null) {
        throw new IOException("the receipt log had stopped: " + failure.getMessage(), failure);
      }
    }
  }
}
