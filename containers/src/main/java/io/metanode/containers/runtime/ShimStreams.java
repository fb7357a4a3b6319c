package io.metanode.containers.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;

/** A client's attachment: one connection, half-closed when the client's stdin ends. */
final class ShimStreams implements ProcessStreams {

  private final SocketChannel channel;

  ShimStreams(SocketChannel channel) {
    this.channel = channel;
  }

  @Override
  public InputStream output() {
    return new Output();
  }

  @Override
  public OutputStream input() {
    return new Input();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private final class Output extends InputStream {

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return length == 0 ? 0 : channel.read(ByteBuffer.wrap(bytes, offset, length));
    }
  }

  private final class Input extends OutputStream {

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value});
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        channel.shutdownOutput();
      } catch (ClosedChannelException alreadyEnded) {
        // What closing is for has happened.
      }
    }
  }
}
