package io.metanode.receipts;

import io.metanode.crypto.MlDsa44;
import io.metanode.crypto.Signer;
import io.metanode.foundation.Clock;
import io.metanode.receipts.journal.Journal;
import io.metanode.receipts.tile.Checkpoint;
import io.metanode.receipts.tile.TileWriter;
import io.metanode.receipts.tile.VerifierKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Turns durable entries into tiles and a checkpoint, some time after they were acknowledged, and
 * drops the journal's segments once full tiles hold their entries.
 */
final class Publisher {

  /** More than this many unpublished entries, and the log refuses work. */
  private static final int MOST_BEHIND = 100_000;

  private final LogFiles files;
  private final TileWriter tiles;
  private final Journal journal;
  private final String origin;
  private final Clock clock;
  private final Optional<MlDsa44> cosigner;
  private final Duration interval;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ReentrantLock publishing = new ReentrantLock();
  private List<Sealed> behind = new ArrayList<>();
  private KeyHistory keys;
  private Signer signer;
  private @Nullable IOException failure;

  Publisher(
      LogFiles files,
      Recovered recovered,
      Journal journal,
      String origin,
      Clock clock,
      Optional<MlDsa44> cosigner,
      Duration interval) {
    this.files = files;
    this.tiles = recovered.tiles();
    this.keys = recovered.keys();
    this.signer = recovered.signer();
    this.journal = journal;
    this.origin = origin;
    this.clock = clock;
    this.cosigner = cosigner;
    this.interval = interval;
    thread = Thread.ofPlatform().name("receipts-publisher").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  synchronized void add(List<Sealed> entries) {
    behind.addAll(entries);
    notifyAll();
  }

  /** Records the key that signs from the entry {@code from} on; durable when this returns. */
  synchronized void rotated(long from, Signer next) throws IOException {
    keys = keys.with(from, VerifierKey.of(origin, next.publicKey()));
    files.write(keys);
  }

  /** Throws if publishing is so far behind that no more work may be taken. */
  synchronized void check() throws IOException {
    if (behind.size() > MOST_BEHIND && failure != null) {
      throw new IOException("receipts cannot be published: " + failure.getMessage(), failure);
    }
  }

  private synchronized void awaitWork() throws InterruptedException {
    while (behind.isEmpty() && failure == null && closing.getCount() > 0) {
      wait();
    }
  }

  private void run() {
    try {
      awaitWork();
      while (!closing.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          journal.prepare();
          publish();
        } catch (IOException e) {
          failed(e);
        }
        awaitWork();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void failed(@Nullable IOException cause) {
    failure = cause;
  }

  private synchronized List<Sealed> take() {
    List<Sealed> taken = behind;
    behind = new ArrayList<>();
    return taken;
  }

  /** Publishes all that is durable. May be called again if it fails. */
  Checkpoint publish() throws IOException {
    publishing.lock();
    try {
      for (Sealed sealed : take()) {
        tiles.add(sealed.entry(), sealed.leafHash());
        if (sealed.next() != null) {
          signer = sealed.next();
        }
      }
      tiles.flush();
      Checkpoint checkpoint = Checkpoint.sign(origin, tiles.size(), tiles.root(), signer);
      if (cosigner.isPresent()) {
        checkpoint = checkpoint.cosign(cosigner.get(), clock.now());
      }
      files.write(checkpoint);
      tiles.deleteOldPartials();
      if (journal.hasSegmentBefore(tiles.inFullTiles())) {
        tiles.syncFullTiles();
        files.syncCheckpoint();
        journal.dropBefore(tiles.inFullTiles());
      }
      failed(null);
      return checkpoint;
    } finally {
      publishing.unlock();
    }
  }

  void close() throws IOException {
    closing.countDown();
    synchronized (this) {
      notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the receipt log was closing", e);
    }
    publish();
    files.syncCheckpoint();
  }
}
