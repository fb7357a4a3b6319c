package io.metanode.containers.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bytes a peer sends, read by one thread. While a long poll is answered, a second virtual
 * thread may read ahead to notice the peer's close; what it reads is kept for the next request.
 */
final class ConnectionInput extends InputStream {

  private static final int BUFFER = 16 * 1024;
  private static final int READ_AHEAD_LIMIT = 64 * 1024;

  private final ReadableByteChannel channel;
  private byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private byte[] ahead = new byte[0];
  private boolean consumerReads;
  private boolean watcherReads;
  private boolean watched;
  private boolean ended;

  ConnectionInput(ReadableByteChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read() throws IOException {
    return position < limit || fill() ? buffer[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position == limit && !fill()) {
      return -1;
    }
    int count = Math.min(length, limit - position);
    System.arraycopy(buffer, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public int available() {
    return limit - position;
  }

  /** Waits for more bytes. False at the end of the stream. */
  private boolean fill() throws IOException {
    lock.lock();
    try {
      while (watcherReads && ahead.length == 0 && !ended) {
        changed.awaitUninterruptibly();
      }
      if (ahead.length > 0) {
        buffer = ahead;
        position = 0;
        limit = ahead.length;
        ahead = new byte[0];
        return true;
      }
      if (ended) {
        return false;
      }
      consumerReads = true;
    } finally {
      lock.unlock();
    }
    int count = -1;
    try {
      count = channel.read(ByteBuffer.wrap(buffer));
    } finally {
      lock.lock();
      try {
        consumerReads = false;
        ended = count < 0;
      } finally {
        lock.unlock();
      }
    }
    position = 0;
    limit = Math.max(count, 0);
    return count > 0;
  }

  /** True once the peer has closed its sending side. Starts to watch for it on the first call. */
  boolean peerGone() {
    lock.lock();
    try {
      watched = true;
      if (!ended && !watcherReads && !consumerReads && ahead.length < READ_AHEAD_LIMIT) {
        watcherReads = true;
        Thread.ofVirtual().name("metanode-http-watch").start(this::watch);
      }
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /** The answer is complete: the watcher stops with the next bytes it gets. */
  void stopWatching() {
    lock.lock();
    try {
      watched = false;
    } finally {
      lock.unlock();
    }
  }

  private void watch() {
    byte[] bytes = new byte[BUFFER];
    boolean more = true;
    while (more) {
      int count;
      try {
        count = channel.read(ByteBuffer.wrap(bytes));
      } catch (IOException e) {
        count = -1;
      }
      more = keep(bytes, count);
    }
  }

  private boolean keep(byte[] bytes, int count) {
    lock.lock();
    try {
      if (count < 0) {
        ended = true;
      } else {
        int before = ahead.length;
        ahead = Arrays.copyOf(ahead, before + count);
        System.arraycopy(bytes, 0, ahead, before, count);
      }
      watcherReads = watched && !ended && ahead.length < READ_AHEAD_LIMIT;
      changed.signalAll();
      return watcherReads;
    } finally {
      lock.unlock();
    }
  }
}
