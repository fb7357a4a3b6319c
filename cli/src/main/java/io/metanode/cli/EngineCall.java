package io.metanode.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Locale;

/** A question whose answer has begun, on a connection of its own. */
public final class EngineCall implements AutoCloseable {

  private static final long UNKNOWN = -1;

  private final SocketChannel channel;
  private final InputStream in;
  private final int status;
  private long length = UNKNOWN;
  private boolean chunked;

  private EngineCall(SocketChannel channel) throws IOException {
    this.channel = channel;
    in = new BufferedInputStream(Channels.newInputStream(channel));
    String[] statusLine = line(in).split(" ", 3);
    if (statusLine.length < 2 || !statusLine[1].matches("[0-9]{3}")) {
      throw new IOException("not an HTTP answer");
    }
    status = Integer.parseInt(statusLine[1]);
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      read(header.toLowerCase(Locale.ROOT));
    }
  }

  private void read(String header) {
    if (header.startsWith("content-length:")) {
      length = Long.parseLong(header.substring("content-length:".length()).strip());
    } else if (header.startsWith("transfer-encoding:") && header.contains("chunked")) {
      chunked = true;
    }
  }

  static EngineCall send(Path socket, String method, String target, String json)
      throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      ByteBuffer request = ByteBuffer.wrap(request(method, target, json).getBytes(UTF_8));
      while (request.hasRemaining()) {
        channel.write(request);
      }
      return new EngineCall(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static String request(String method, String target, String json) {
    return "%s %s HTTP/1.1\r\nHost: metanode\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n%s"
        .formatted(
            method,
            target,
            json.isEmpty() ? "" : "Content-Type: application/json\r\n",
            json.getBytes(UTF_8).length,
            json);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /**
   * Waits for the body's end; of a stream, for the connection's.
   *
   * @return the body, decoded, UTF-8
   * @throws IOException if the connection is closed before that
   */
  public String body() throws IOException {
    if (status == 204 || status == 304) {
      return "";
    }
    if (chunked) {
      return new String(chunks(), UTF_8);
    }
    return new String(length < 0 ? in.readAllBytes() : exactly((int) length), UTF_8);
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
      if (size == 0) {
        return body.toByteArray();
      }
      body.write(exactly(size));
      line(in);
    }
  }

  private byte[] exactly(int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("the connection was closed early");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection was closed early");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
