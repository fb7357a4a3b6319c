package io.metanode.containers.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A plain HTTP client on a unix socket that shows answers as they are on the wire. */
public final class TestClient implements AutoCloseable {

  private final SocketChannel channel;
  private final InputStream input;

  public TestClient(Path socket) throws IOException {
    channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    input = new BufferedInputStream(Channels.newInputStream(channel));
  }

  /** An answer with its body, de-chunked. */
  public record Answer(int status, Headers headers, String text) {

    public JsonNode json() {
      return Json.MAPPER.readTree(text);
    }

    public Optional<String> header(String name) {
      return headers.first(name);
    }
  }

  public Answer get(String target) throws IOException {
    return request("GET", target, "");
  }

  public Answer post(String target, String json) throws IOException {
    return request("POST", target, json);
  }

  public Answer delete(String target) throws IOException {
    return request("DELETE", target, "");
  }

  public Answer request(String method, String target, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String type = json.isEmpty() ? "" : "Content-Type: application/json\r\n";
    send(
        "%s %s HTTP/1.1\r\nHost: docker\r\n%sContent-Length: %d\r\n\r\n%s"
            .formatted(method, target, type, body.length, json));
    return answer(method.equals("HEAD"));
  }

  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  public void send(byte[] bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }

  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  public Answer answer() throws IOException {
    return answer(false);
  }

  /** Reads one answer with its body; a body without length runs to the end of the connection. */
  public Answer answer(boolean bodiless) throws IOException {
    Answer head = head();
    if (bodiless || head.status == 204 || head.status == 304 || head.status / 100 == 1) {
      return head;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (head.headers.holds("Transfer-Encoding", "chunked")) {
      for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
        body.write(chunk);
      }
    } else if (head.headers.first("Content-Length").isPresent()) {
      body.write(exactly(Integer.parseInt(head.headers.first("Content-Length").get())));
    } else {
      input.transferTo(body);
    }
    return new Answer(head.status, head.headers, body.toString(StandardCharsets.UTF_8));
  }

  /** Reads a status line and headers only. */
  public Answer head() throws IOException {
    String status = line();
    List<Headers.Field> fields = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      fields.add(new Headers.Field(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return new Answer(Integer.parseInt(status.substring(9, 12)), new Headers(fields), "");
  }

  /** Reads one chunk; empty at the end of the body. */
  public byte[] chunk() throws IOException {
    byte[] data = exactly(Integer.parseInt(line(), 16));
    line();
    return data;
  }

  public byte[] exactly(int count) throws IOException {
    byte[] bytes = input.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("closed after " + bytes.length + " of " + count + " bytes");
    }
    return bytes;
  }

  /** The next byte, or -1 once the server has closed. */
  public int read() throws IOException {
    return input.read();
  }

  private String line() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int next = input.read(); next != '\n'; next = input.read()) {
      if (next < 0) {
        throw new EOFException("closed after: " + text);
      }
      text.append((char) next);
    }
    text.setLength(text.length() - 1);
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
