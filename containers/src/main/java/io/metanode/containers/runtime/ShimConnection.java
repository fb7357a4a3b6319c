package io.metanode.containers.runtime;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Opens connections to a shim: the first byte says what for. */
final class ShimConnection {

  private static final byte CONTROL = 'C';
  private static final int ATTACH = 0x80;
  private static final int STDIN = 1;
  private static final int STDOUT = 2;
  private static final int STDERR = 4;

  private ShimConnection() {}

  static SocketChannel control(Path socket) throws IOException {
    return open(socket, CONTROL);
  }

  static ProcessStreams attach(Path socket, StreamSelection selection) throws IOException {
    int bits =
        (selection.stdin() ? STDIN : 0)
            | (selection.stdout() ? STDOUT : 0)
            | (selection.stderr() ? STDERR : 0);
    return new ShimStreams(open(socket, (byte) (ATTACH | bits)));
  }

  private static SocketChannel open(Path socket, byte hello) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      write(channel, hello);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  static void write(SocketChannel channel, byte... bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
