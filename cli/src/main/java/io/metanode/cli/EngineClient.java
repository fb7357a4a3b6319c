package io.metanode.cli;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Asks a Docker Engine API on a unix socket small questions, one connection each (the JDK's HTTP
 * client does not speak to unix sockets).
 */
public final class EngineClient {

  /**
   * @param status the HTTP status
   * @param body the decoded body, UTF-8
   */
  public record Answer(int status, String body) {}

  private final Path socket;

  public EngineClient(Path socket) {
    this.socket = socket;
  }

  /**
   * @param target path and query, for example {@code /containers/json?all=1}
   * @throws IOException if nobody answers, or the answer is not HTTP
   */
  public Answer request(String method, String target) throws IOException {
    return request(method, target, "");
  }

  /**
   * @param json the request's body; may be empty
   * @throws IOException as {@link #request(String, String)}
   */
  public Answer request(String method, String target, String json) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      String request =
          "%s %s HTTP/1.1\r\nHost: metanode\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n%s"
              .formatted(
                  method,
                  target,
                  json.isEmpty() ? "" : "Content-Type: application/json\r\n",
                  json.getBytes(StandardCharsets.UTF_8).length,
                  json);
      ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      return read(Channels.newInputStream(channel));
    } catch (IOException e) {
      throw new IOException("the engine did not answer on " + socket + ": " + e.getMessage(), e);
    }
  }

  private static Answer read(InputStream in) throws IOException {
    String[] statusLine = line(in).split(" ", 3);
    if (statusLine.length < 2 || !statusLine[1].matches("[0-9]{3}")) {
      throw new IOException("not an HTTP answer");
    }
    long length = -1;
    boolean chunked = false;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring("content-length:".length()).strip());
      } else if (lower.startsWith("transfer-encoding:") && lower.contains("chunked")) {
        chunked = true;
      }
    }
    int status = Integer.parseInt(statusLine[1]);
    byte[] body;
    if (status == 204 || status == 304) {
      body = new byte[0];
    } else if (chunked) {
      body = chunks(in);
    } else {
      body = length < 0 ? in.readAllBytes() : exactly(in, (int) length);
    }
    return new Answer(status, new String(body, StandardCharsets.UTF_8));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
      if (size == 0) {
        return body.toByteArray();
      }
      body.write(exactly(in, size));
      line(in);
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
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
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
