package io.metanode.containers.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.locks.ReentrantLock;

/** The way to the peer, unbuffered; a write is whole, whatever other threads write. */
final class ConnectionOutput extends OutputStream {

  private final WritableByteChannel channel;
  private final ReentrantLock lock = new ReentrantLock();

  ConnectionOutput(WritableByteChannel channel) {
    this.channel = channel;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
    lock.lock();
    try {
      while (left.hasRemaining()) {
        if (channel.write(left) < 0) {
          throw new IOException("the peer has gone");
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tells the peer that nothing more comes; it may still send. */
  @Override
  public void close() throws IOException {
    if (channel instanceof Link link && link.isOpen()) {
      link.shutdownOutput();
    }
  }
}
