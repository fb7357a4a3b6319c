package io.metanode.containers.websocket;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.HttpExchange.Hijacked;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** The opening handshake, RFC 6455 section 4.2; no extensions and no subprotocols are offered. */
public final class Handshake {

  private static final String PROTOCOL = "websocket";
  private static final String VERSION = "13";
  private static final int KEY_BYTES = 16;

  /** What every server appends to a client's key, RFC 6455 section 1.3. */
  private static final String APPENDED = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private Handshake() {}

  /**
   * @throws ApiException 400 if the client does not ask for a WebSocket, or for none of this
   *     version
   */
  public static void check(HttpExchange exchange) throws ApiException {
    exchange.checkUpgrade(PROTOCOL);
    boolean upgrades =
        List.of(exchange.header("Connection").orElse("").toLowerCase(Locale.ROOT).split(",", -1))
            .stream()
            .map(String::strip)
            .anyMatch("upgrade"::equals);
    if (!upgrades) {
      throw ApiException.badRequest("not websocket protocol");
    }
    if (!exchange.header("Sec-WebSocket-Version").orElse("").equals(VERSION)) {
      exchange.responseHeader("Sec-WebSocket-Version", VERSION);
      throw ApiException.badRequest("missing or bad WebSocket Version");
    }
    if (!isKey(exchange.header("Sec-WebSocket-Key").orElse(""))) {
      throw ApiException.badRequest("mismatch challenge/response");
    }
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Takes the connection over.
   *
   * @param binary whether what is sent goes in binary frames; else in frames of text
   * @param reads whether who takes it reads what the client sends; else it is read here, for the
   *     sake of pings and the close, and passed over
   * @throws IOException if the client does not ask for it, see {@link #check}
   */
  public static Hijacked accept(HttpExchange exchange, boolean binary, boolean reads)
      throws IOException {
    exchange.responseHeader(
        "Sec-WebSocket-Accept", answer(exchange.header("Sec-WebSocket-Key").orElse("")));
    Hijacked raw;
    try {
      raw = exchange.upgrade(PROTOCOL);
    } catch (ApiException e) {
      throw new IOException(e);
    }
    FrameOutput output = new FrameOutput(raw.output(), binary);
    FrameInput input = new FrameInput(raw.input(), output, raw.channel()::close);
    FramedLink link = new FramedLink(raw.channel(), output);
    if (reads) {
      return new Hijacked(input, output, link);
    }
    Thread.ofVirtual().name("websocket").start(() -> passOver(input));
    return new Hijacked(InputStream.nullInputStream(), output, link);
  }

  private static void passOver(FrameInput input) {
    try {
      input.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The client is gone, or not at its senses: its connection is closed.
    }
  }

  static String answer(String key) {
    try {
      byte[] text = (key + APPENDED).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-1", e);
    }
  }
}
