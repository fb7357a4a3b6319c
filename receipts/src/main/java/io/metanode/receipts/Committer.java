package io.metanode.receipts;

import io.metanode.crypto.MerkleHash;
import io.metanode.crypto.Signer;
import io.metanode.crypto.SigningException;
import io.metanode.foundation.Digest;
import io.metanode.receipts.journal.Journal;
import io.metanode.receipts.statement.Envelope;
import io.metanode.receipts.statement.Statement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The log's one writer. Whoever appends chains and signs the entry; one thread writes all that has
 * gathered since its last write as one group, and tells all who wait. While the disk syncs a group,
 * the next one is signed, and the more wait, the fewer syncs each costs.
 */
final class Committer {

  /** A sealed entry and who waits for it. */
  private record Gathered(Sealed sealed, Pending pending) {}

  private final Journal journal;
  private final Publisher publisher;
  private final Thread thread;
  private List<Gathered> gathered = new ArrayList<>();
  private long nextIndex;
  private boolean closed;
  private @Nullable IOException failure;
  private Digest previous;
  private Signer signer;
  private String keyId;

  Committer(Journal journal, Publisher publisher, Signer signer, long size, Digest previous) {
    this.journal = journal;
    this.publisher = publisher;
    this.signer = signer;
    this.keyId = signer.publicKey().id().hex();
    this.nextIndex = size;
    this.previous = previous;
    thread = Thread.ofPlatform().name("receipts-committer").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** The number of entries, durable or not. */
  synchronized long size() {
    return nextIndex;
  }

  /** Throws if the log takes no more entries. */
  synchronized void check() throws IOException {
    if (failure != null) {
      throw new IOException(
          "the receipt log has stopped: " + failure.getMessage() + "; restart the node", failure);
    }
    if (closed) {
      throw new IOException("the receipt log is closed");
    }
  }

  /**
   * Adds an entry.
   *
   * @param next the key that signs from the next entry on, if this entry passes to one
   */
  synchronized Pending append(Statement statement, @Nullable Signer next) {
    Pending pending = new Pending(nextIndex, new CompletableFuture<>());
    if (failure != null || closed) {
      pending.durable().completeExceptionally(new IOException("the receipt log has stopped"));
      return pending;
    }
    try {
      gathered.add(new Gathered(seal(statement, next), pending));
      nextIndex++;
      notifyAll();
    } catch (SigningException | RuntimeException e) {
      failure = e instanceof SigningException refused ? refused : new IOException(e);
      pending.durable().completeExceptionally(e);
    }
    return pending;
  }

  private Sealed seal(Statement statement, @Nullable Signer next) throws SigningException {
    byte[] entry = Envelope.seal(statement.at(nextIndex, previous), signer, keyId);
    byte[] leafHash = MerkleHash.leaf(entry);
    previous = Digest.ofBytes(leafHash);
    if (next != null) {
      signer = next;
      keyId = next.publicKey().id().hex();
    }
    return new Sealed(entry, leafHash, next);
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

  /** Waits for entries; none means that the log is closed. */
  private synchronized List<Gathered> take() {
    while (gathered.isEmpty() && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        closed = true;
      }
    }
    List<Gathered> group = gathered;
    gathered = new ArrayList<>();
    return group;
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
    failure = cause;
    group.forEach(one -> one.pending().durable().completeExceptionally(cause));
    gathered.forEach(one -> one.pending().durable().completeExceptionally(cause));
    gathered.clear();
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
