package io.metanode.containers.transfer;

import io.metanode.containers.image.blob.BlobDraft;
import io.metanode.containers.image.blob.StagedBlob;
import io.metanode.containers.registry.BlobFetch;
import io.metanode.containers.registry.Cancellation;
import io.metanode.containers.registry.CancelledException;
import io.metanode.containers.registry.Descriptor;
import io.metanode.containers.registry.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** One blob on its way in, shared by all who wait for it; cancelled when the last has left. */
final class Download {

  private final Repository repository;
  private final Descriptor descriptor;
  private final BlobDraft draft;
  private final Semaphore slots;
  private final Cancellation cancellation = new Cancellation();
  private int shares;
  private boolean ended;
  private @Nullable IOException failure;
  private volatile boolean begun;
  private volatile Duration pause = Duration.ZERO;

  Download(Repository repository, Descriptor descriptor, BlobDraft draft, Semaphore slots) {
    this.repository = repository;
    this.descriptor = descriptor;
    this.draft = draft;
    this.slots = slots;
  }

  /**
   * Joins in, unless it has failed or was given up.
   *
   * @param left what is done when the last share is closed
   */
  synchronized Optional<Share> join(Runnable left) {
    if (failure != null || cancellation.isCancelled()) {
      return Optional.empty();
    }
    shares++;
    return Optional.of(new Share(left));
  }

  void run() {
    try {
      slots.acquire();
      try {
        cancellation.check();
        begun = true;
        new BlobFetch(repository, descriptor, draft, cancellation, time -> pause = time).run();
      } finally {
        slots.release();
      }
      end(null);
    } catch (IOException e) {
      end(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(new CancelledException());
    } catch (RuntimeException e) {
      end(new IOException("a download failed: " + e, e));
    }
  }

  private synchronized void end(@Nullable IOException reason) {
    ended = true;
    failure = reason;
    if (reason == null) {
      draft.complete();
    } else {
      draft.fail(reason);
    }
    notifyAll();
  }

  private synchronized boolean leave() {
    shares--;
    if (shares > 0) {
      return false;
    }
    cancellation.cancel();
    return true;
  }

  /** One party's interest in it. */
  final class Share implements AutoCloseable {

    private final Runnable left;
    private boolean closed;

    private Share(Runnable left) {
      this.left = left;
    }

    /** Bytes so far. */
    long received() {
      return draft.size();
    }

    /** Whether it has its turn. */
    boolean hasBegun() {
      return begun;
    }

    boolean hasEnded() {
      synchronized (Download.this) {
        return ended;
      }
    }

    boolean hasFailed() {
      synchronized (Download.this) {
        return failure != null;
      }
    }

    /** How long it waits before it asks the registry again; zero while it does not. */
    Duration pause() {
      return pause;
    }

    /** Its content from the beginning, as it comes. */
    InputStream follow() {
      return draft.follow();
    }

    /**
     * Waits until all of it is here and verified.
     *
     * @throws IOException if that fails
     */
    StagedBlob await() throws IOException {
      synchronized (Download.this) {
        try {
          while (!ended) {
            Download.this.wait();
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted while waiting for " + descriptor.digest(), e);
        }
        if (failure != null) {
          throw failure;
        }
      }
      return draft.staged(descriptor.digest());
    }

    /** The last to leave takes what was not stored along. */
    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      if (leave()) {
        left.run();
        draft.close();
      }
    }
  }
}
