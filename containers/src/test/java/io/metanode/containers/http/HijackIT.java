package io.metanode.containers.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.http.TestClient.Answer;
import io.metanode.foundation.SystemClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests that take their connection over. */
@Timeout(30)
final class HijackIT {

  @TempDir Path directory;
  private Path socket;
  private HttpServer server;
  private volatile long headStartNanos = Long.MAX_VALUE;

  @BeforeEach
  void serve() throws IOException {
    socket = directory.resolve("s");
    RouteTable routes = new RouteTable();
    routes.route("POST", "/attach", HijackIT::attach);
    routes.route("POST", "/upgrade", HijackIT::upgrade);
    routes.route("POST", "/talk", this::talk);
    server = new HttpServer(routes, "1.2.3", SystemClock.INSTANCE);
    server.listen(socket, "rw-rw----", Optional.empty());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static void attach(HttpExchange exchange) throws IOException {
    HttpExchange.Hijacked raw = exchange.hijack("application/vnd.docker.raw-stream");
    byte[] all = raw.input().readAllBytes();
    raw.output().write(("got " + new String(all, UTF_8)).getBytes(UTF_8));
  }

  private void talk(HttpExchange exchange) throws IOException {
    long begunNanos = SystemClock.INSTANCE.monotonicNanos();
    exchange.hijack("application/vnd.docker.raw-stream").output().write('x');
    headStartNanos = Math.min(headStartNanos, SystemClock.INSTANCE.monotonicNanos() - begunNanos);
  }

  private static void upgrade(HttpExchange exchange) throws IOException, ApiException {
    HttpExchange.Hijacked raw = exchange.upgrade("h2c");
    byte[] all = raw.input().readAllBytes();
    raw.output().write(("got " + new String(all, UTF_8)).getBytes(UTF_8));
  }

  @Test
  void hijackKeepsHalfClosedClients() throws IOException {
    try (TestClient client = new TestClient(socket)) {
      client.send(
          "POST /attach HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nearly ");
      Answer upgraded = client.head();
      assertEquals(101, upgraded.status());
      assertEquals(Optional.of("tcp"), upgraded.header("Upgrade"));
      assertEquals(Optional.of("Upgrade"), upgraded.header("Connection"));
      client.send("late");
      client.shutdownOutput();
      assertEquals("got early late", new String(client.exactly(14), UTF_8));
      assertEquals(-1, client.read());
    }
  }

  /** Some clients throw away what they read along with the head. */
  @Test
  void whatFollowsTheHeadComesLaterThanTheHead() throws IOException {
    for (int round = 0; round < 5; round++) {
      try (TestClient client = new TestClient(socket)) {
        client.send(
            "POST /talk HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n");
        assertEquals(101, client.head().status());
        assertEquals("x", new String(client.exactly(1), UTF_8));
        assertEquals(-1, client.read());
      }
    }
    assertTrue(headStartNanos >= 2_000_000, "only " + headStartNanos + " ns");
  }

  /** As some clients of Docker ask, of whom Go's HTTP library is one. */
  @Test
  void upgradeNeedsNoConnectionHeader() throws IOException {
    try (TestClient client = new TestClient(socket)) {
      client.send("POST /attach HTTP/1.1\r\nHost: a\r\nUpgrade: tcp\r\n\r\nx");
      client.shutdownOutput();
      assertEquals(101, client.head().status());
      assertEquals("got x", new String(client.exactly(5), UTF_8));
    }
  }

  @Test
  void hijackWithoutUpgradeAnswers200() throws IOException {
    try (TestClient client = new TestClient(socket)) {
      client.send("POST /attach HTTP/1.1\r\nHost: a\r\n\r\nx");
      client.shutdownOutput();
      assertEquals("got x", client.answer().text());
    }
  }

  @Test
  void bodyOfKnownLengthIsNotPartOfWhatIsHijacked() throws IOException {
    try (TestClient client = new TestClient(socket)) {
      client.send(
          "POST /attach HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n"
              + "Content-Length: 15\r\n\r\n{\"stream\":");
      client.send("true}input");
      client.shutdownOutput();
      assertEquals(101, client.head().status());
      assertEquals("got input", new String(client.exactly(9), UTF_8));
    }
  }

  @Test
  void anotherProtocolBeginsAfterTheBodyAlsoOneInChunks() throws IOException {
    String head = "POST /upgrade HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n";
    for (String body :
        new String[] {
          "\r\n",
          "Content-Length: 2\r\n\r\nxy",
          "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "Transfer-Encoding: chunked\r\n\r\n2\r\nxy\r\n0\r\n\r\n"
        }) {
      try (TestClient client = new TestClient(socket)) {
        client.send(head + body + "input");
        client.shutdownOutput();
        assertEquals(101, client.head().status());
        assertEquals("got input", new String(client.exactly(9), UTF_8), body);
      }
    }
  }

  @Test
  void hijackWithALongBodyIsRefused() throws IOException {
    try (TestClient client = new TestClient(socket)) {
      client.send("POST /attach HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\nx");
      assertEquals(413, client.answer().status());
      assertEquals(-1, client.read());
    }
  }
}
