package io.metanode.node.training;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Requests to an engine, each on a connection of its own that is read to its end. */
final class Requests implements AutoCloseable {

  /** An open connection; its answer is read by {@link #toEnd}. */
  final class Connection {

    private final SocketChannel channel;

    private Connection(SocketChannel channel) {
      this.channel = channel;
    }

    /** Reads until the engine closes the connection. */
    String toEnd() throws IOException {
      try (channel) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Channels.newInputStream(channel).transferTo(all);
        return all.toString(StandardCharsets.UTF_8);
      } finally {
        open.remove(channel);
      }
    }

    /** Reads the first bytes of the answer, so that what comes next is sent after its head. */
    void head() throws IOException {
      channel.read(ByteBuffer.allocate(4_096));
    }
  }

  private static final System.Logger LOG = System.getLogger(Requests.class.getName());

  private final Path socket;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  Requests(Path socket) {
    this.socket = socket;
  }

  /**
   * Sends a request, with the headers the docker client sends.
   *
   * @param headers further ones, each ending in CR LF
   */
  Connection send(String method, String target, String headers, byte[] body) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    open.add(channel);
    channel.connect(UnixDomainSocketAddress.of(socket));
    String head =
        "%s /v1.48%s HTTP/1.1\r\nHost: api.moby.localhost\r\nUser-Agent: training (linux)\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(method, target, headers, body.length);
    write(channel, head.getBytes(StandardCharsets.US_ASCII));
    write(channel, body);
    return new Connection(channel);
  }

  /** Sends a request and reads its answer. */
  String ask(String method, String target, String json) throws IOException {
    String headers = "Connection: close\r\nContent-Type: application/json\r\n";
    return send(method, target, headers, json.getBytes(StandardCharsets.UTF_8)).toEnd();
  }

  /** Sends a request whose connection becomes a stream. */
  Connection hijack(String target, String json) throws IOException {
    String headers = "Connection: Upgrade\r\nUpgrade: tcp\r\nContent-Type: application/json\r\n";
    return send("POST", target, headers, json.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Ends whatever is still read. */
  @Override
  public void close() {
    for (SocketChannel channel : open) {
      try {
        channel.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "closing a training connection", e);
      }
    }
  }
}
