package io.metanode.receipts;

import io.metanode.crypto.MerkleHash;
import io.metanode.crypto.Signer;
import io.metanode.foundation.Digest;
import io.metanode.receipts.journal.Journal;
import io.metanode.receipts.statement.Envelope;
import io.metanode.receipts.statement.Statement;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The log's one writer: takes what has gathered since the last write, chains, signs and writes it
 * as one group, then tells all who wait. The more wait, the fewer syncs each costs.
 */
final class Committer {

  private static final int MOST_IN_A_GROUP = 1_024;

  private final Journal journal;
  private final Publisher publisher;
  private final Thread thread;
  private final Deque<Pending> queue = new ArrayDeque<>();
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

  synchronized Pending append(Statement statement, @Nullable Signer next) {
    Pending pending = new Pending(nextIndex, statement, next, new CompletableFuture<>());
    if (failure != null || closed) {
      pending.durable().completeExceptionally(new IOException("the receipt log has stopped"));
      return pending;
    }
    nextIndex++;
    queue.add(pending);
    notifyAll();
    return pending;
  }

  private void run() {
    List<Pending> group = take();
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

  /** Waits for entries; none means that the log is closed. A rotation ends a group. */
  private synchronized List<Pending> take() {
    while (queue.isEmpty() && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        closed = true;
      }
    }
    List<Pending> group = new ArrayList<>();
    while (!queue.isEmpty() && group.size() < MOST_IN_A_GROUP) {
      Pending pending = queue.remove();
      group.add(pending);
      if (pending.next() != null) {
        break;
      }
    }
    return group;
  }

  private void commit(List<Pending> group) throws IOException {
    List<Sealed> sealed = new ArrayList<>(group.size());
    List<byte[]> entries = new ArrayList<>(group.size());
    for (Pending pending : group) {
      byte[] payload = pending.statement().at(pending.index(), previous);
      byte[] entry = Envelope.seal(payload, signer, keyId);
      byte[] leafHash = MerkleHash.leaf(entry);
      previous = Digest.ofBytes(leafHash);
      sealed.add(new Sealed(entry, leafHash, pending.next()));
      entries.add(entry);
    }
    journal.write(entries);
    Pending last = group.getLast();
    if (last.next() != null) {
      signer = last.next();
      keyId = signer.publicKey().id().hex();
      publisher.rotated(last.index() + 1, signer);
    }
    publisher.add(sealed);
    group.forEach(
        pending -> {
          journal.release();
          pending.durable().complete(null);
        });
  }

  private synchronized void fail(List<Pending> group, IOException cause) {
    failure = cause;
    group.forEach(pending -> pending.durable().completeExceptionally(cause));
    queue.forEach(pending -> pending.durable().completeExceptionally(cause));
    queue.clear();
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
