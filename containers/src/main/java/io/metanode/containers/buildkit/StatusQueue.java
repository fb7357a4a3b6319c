package io.metanode.containers.buildkit;

import io.metanode.containers.buildkit.wire.StatusResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a build tells, until its client has read it. A reader that is slow slows the build down;
 * while there is none, what is oldest is dropped.
 */
final class StatusQueue implements StatusSink {

  private static final int MOST_BYTES = 4 << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<StatusResponse> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean read;
  private boolean closed;

  @Override
  public void put(StatusResponse status) throws IOException {
    lock.lock();
    try {
      int size = status.getSerializedSize();
      while (!closed && bytes + size > MOST_BYTES && !waiting.isEmpty()) {
        if (read) {
          changed.await();
        } else {
          bytes -= waiting.pop().getSerializedSize();
        }
      }
      if (!closed) {
        waiting.add(status);
        bytes += size;
        changed.signalAll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the engine closes");
    } finally {
      lock.unlock();
    }
  }

  /** The one reader there may be announces itself; false if there is one. */
  boolean claim() {
    lock.lock();
    try {
      boolean first = !read;
      read = true;
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for what is told next; empty at the end. */
  Optional<StatusResponse> take() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.await();
      }
      if (waiting.isEmpty()) {
        return Optional.empty();
      }
      StatusResponse next = waiting.pop();
      bytes -= next.getSerializedSize();
      changed.signalAll();
      return Optional.of(next);
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more comes. What was told can still be read. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The reader has gone: nobody wants what is left. */
  void abandon() {
    lock.lock();
    try {
      waiting.clear();
      bytes = 0;
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
