package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.testkit.Eventually;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Attaching by the JDK's own WebSocket client, which reaches the engine's socket by a relay. */
@Timeout(120)
class WebSocketAttachIT {

  private static final int LARGE = 300_000;

  private static DockLockFixture fixture;
  private static ServerSocket relay;

  @BeforeAll
  static void open() throws Exception {
    fixture = new DockLockFixture();
    fixture.importBusybox();
    relay = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(WebSocketAttachIT::accept);
  }

  private static void accept() {
    try {
      while (true) {
        Socket client = relay.accept();
        SocketChannel engine =
            SocketChannel.open(UnixDomainSocketAddress.of(fixture.directory().resolve("d.sock")));
        Thread.ofVirtual().start(() -> carry(client, engine, true));
        Thread.ofVirtual().start(() -> carry(client, engine, false));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private static void carry(Socket client, SocketChannel engine, boolean out) {
    try (client;
        engine) {
      if (out) {
        client.getInputStream().transferTo(Channels.newOutputStream(engine));
      } else {
        Channels.newInputStream(engine).transferTo(client.getOutputStream());
      }
    } catch (IOException e) {
      // One of them is gone; the other is closed.
    }
  }

  @AfterEach
  void sweep() throws Exception {
    for (String id : fixture.docker("ps", "-aq").lines().toList()) {
      fixture.docker("rm", "-f", id);
    }
  }

  @AfterAll
  static void close() throws Exception {
    if (fixture != null) {
      relay.close();
      fixture.close();
    }
  }

  /** What came, and how it ended. */
  private static final class Received implements WebSocket.Listener {

    private final StringWriter bytes = new StringWriter();
    private final StringWriter text = new StringWriter();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final CompletableFuture<String> pong = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      bytes.append(StandardCharsets.ISO_8859_1.decode(data));
      return WebSocket.Listener.super.onBinary(socket, data, last);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      return WebSocket.Listener.super.onText(socket, data, last);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      pong.complete(StandardCharsets.US_ASCII.decode(message).toString());
      return WebSocket.Listener.super.onPong(socket, message);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      closed.complete(status);
      return WebSocket.Listener.super.onClose(socket, status, reason);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.completeExceptionally(error);
      pong.completeExceptionally(error);
    }
  }

  private static WebSocket attach(String version, String name, String asked, Received received) {
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .buildAsync(
            URI.create(
                "ws://127.0.0.1:%d%s/containers/%s/attach/ws?%s"
                    .formatted(relay.getLocalPort(), version, name, asked)),
            received)
        .join();
  }

  @Test
  void inputGoesThereAndOutputComesBack() throws Exception {
    fixture.docker("run", "-di", "--name", "cat", "bb", "cat");
    Received received = new Received();
    WebSocket socket = attach("/v1.44", "cat", "stream=1&stdin=1&stdout=1&stderr=1", received);
    socket.sendBinary(ByteBuffer.wrap("hel".getBytes(StandardCharsets.US_ASCII)), false).join();
    socket.sendBinary(ByteBuffer.wrap("lo ".getBytes(StandardCharsets.US_ASCII)), true).join();
    socket.sendText("x".repeat(LARGE), true).join();
    Eventually.equal("output", "hello " + "x".repeat(LARGE), received.bytes::toString);
    socket.sendPing(ByteBuffer.wrap("there?".getBytes(StandardCharsets.US_ASCII))).join();
    assertEquals("there?", received.pong.get(10, TimeUnit.SECONDS));
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    assertEquals(WebSocket.NORMAL_CLOSURE, received.closed.get(10, TimeUnit.SECONDS));
    assertEquals("", received.text.toString());
  }

  @Test
  void bothStreamsComeUnframedAndTheEndIsTold() throws Exception {
    fixture.docker("create", "--name", "both", "bb", "sh", "-c", "echo out; echo err >&2");
    Received received = new Received();
    attach("/v1.44", "both", "stream=1&stdout=1&stderr=1", received);
    fixture.docker("start", "both");
    assertEquals(WebSocket.NORMAL_CLOSURE, received.closed.get(20, TimeUnit.SECONDS));
    assertEquals(2, received.bytes.toString().lines().count());
    assertTrue(received.bytes.toString().contains("err\n"), received.bytes.toString());
    assertEquals(8, received.bytes.toString().length());
    Received again = new Received();
    attach("/v1.44", "both", "logs=1&stderr=1", again);
    assertEquals(WebSocket.NORMAL_CLOSURE, again.closed.get(20, TimeUnit.SECONDS));
    assertEquals("err\n", again.bytes.toString());
  }

  @Test
  void whoSendsNothingIsStillAnswered() throws Exception {
    fixture.docker("run", "-d", "--name", "quiet", "bb", "sleep", "300");
    Received received = new Received();
    WebSocket socket = attach("/v1.44", "quiet", "stream=1&stdout=1", received);
    socket.sendPing(ByteBuffer.wrap("there?".getBytes(StandardCharsets.US_ASCII))).join();
    assertEquals("there?", received.pong.get(10, TimeUnit.SECONDS));
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    assertEquals(WebSocket.NORMAL_CLOSURE, received.closed.get(10, TimeUnit.SECONDS));
  }

  @Test
  void olderVersionsSendText() throws Exception {
    fixture.docker("run", "-dit", "--name", "tty", "bb", "cat");
    Received received = new Received();
    attach("/v1.27", "tty", "stream=1", received).sendText("word\n", true).join();
    Eventually.equal("echo", "word\r\nword\r\n", received.text::toString);
  }

  @Test
  void refusalsAreAnswersOfHttp() throws Exception {
    CompletionException refused =
        assertThrows(
            CompletionException.class,
            () -> attach("/v1.44", "nosuch", "stream=1", new Received()));
    assertTrue(
        refused.getCause() instanceof WebSocketHandshakeException handshake
            && handshake.getResponse().statusCode() == 404,
        String.valueOf(refused.getCause()));
  }
}
