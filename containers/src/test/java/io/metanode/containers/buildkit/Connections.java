package io.metanode.containers.buildkit;

import io.metanode.containers.http.HttpExchange.Hijacked;
import io.metanode.containers.http.UnixLink;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client's end of connections that are upgraded. */
final class Connections {

  private Connections() {}

  /** Upgrades a connection to the engine. */
  static Hijacked upgrade(Path socket, String path, String session) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(socket));
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: d\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n"
            + "X-Docker-Expose-Session-Uuid: "
            + session
            + "\r\n\r\n";
    channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
    InputStream in = Channels.newInputStream(channel);
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("refused: " + answer);
      }
      answer.append((char) next);
    }
    if (!answer.toString().startsWith("HTTP/1.1 101 ")) {
      channel.close();
      throw new IOException("refused: " + answer);
    }
    return new Hijacked(in, Channels.newOutputStream(channel), new UnixLink(channel));
  }
}
