package io.metanode.containers.image.blob;

import io.metanode.foundation.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Content on its way in: one thread appends, others read what there is and wait for more. It is
 * hashed as it comes. Closing it removes it, unless it was stored meanwhile; who still reads then
 * gets an error.
 */
public final class BlobDraft implements AutoCloseable {

  private final Path file;
  private final FileChannel channel;
  private final Space space;
  private final MessageDigest hash = Sha256.start();
  private long size;
  private boolean complete;
  private @Nullable IOException failure;

  /** Looks after the disk while content comes in. */
  @FunctionalInterface
  interface Space {
    void require(long before, int more) throws IOException;
  }

  BlobDraft(Path file, Space space) throws IOException {
    this.file = file;
    this.space = space;
    this.channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Bytes so far. */
  public synchronized long size() {
    return size;
  }

  /** Adds to its end. One thread alone may do so. */
  public void append(byte[] bytes, int length) throws IOException {
    long before = size();
    space.require(before, length);
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer, before + buffer.position());
    }
    hash.update(bytes, 0, length);
    synchronized (this) {
      size = before + length;
      notifyAll();
    }
  }

  /** What everything appended hashes to; nothing can be appended after that. */
  public Digest digest() {
    return Digest.ofBytes(hash.digest());
  }

  /** Nothing more comes, and what came is right. */
  public synchronized void complete() {
    complete = true;
    notifyAll();
  }

  /** Nothing more comes; who reads hears why. */
  public synchronized void fail(IOException reason) {
    failure = reason;
    notifyAll();
  }

  /** As content received in full; it must be complete. */
  public StagedBlob staged(Digest digest) {
    return new StagedBlob(file, digest, size());
  }

  /** Reads it from its beginning, waiting for what has not come yet. */
  public InputStream follow() {
    return new Follower();
  }

  /** Waits for content beyond {@code position}; false at the end. */
  private synchronized boolean await(long position) throws IOException {
    try {
      while (position >= size && !complete && failure == null) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a download", e);
    }
    if (position >= size && failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
    return position < size;
  }

  @Override
  public void close() throws IOException {
    fail(new IOException("the download was given up"));
    channel.close();
    Files.deleteIfExists(file);
  }

  private final class Follower extends InputStream {

    private long position;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (!await(position)) {
        return -1;
      }
      long there = size() - position;
      int n =
          channel.read(ByteBuffer.wrap(target, offset, (int) Math.min(length, there)), position);
      position += Math.max(n, 0);
      return n;
    }
  }
}
