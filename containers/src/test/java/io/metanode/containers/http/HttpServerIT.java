package io.metanode.containers.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.http.TestClient.Answer;
import io.metanode.foundation.SystemClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

@Timeout(30)
final class HttpServerIT {

  @TempDir Path directory;
  private Path socket;
  private HttpServer server;
  private final CountDownLatch peerGone = new CountDownLatch(1);
  private final CountDownLatch polling = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  @BeforeEach
  void serve() throws IOException {
    socket = directory.resolve("s");
    RouteTable routes = new RouteTable();
    routes.route(
        "GET",
        "/who",
        exchange -> exchange.send(200, "text/plain", exchange.actor().toString().getBytes(UTF_8)));
    routes.route(
        "POST",
        "/echo",
        exchange -> exchange.send(200, "text/plain", exchange.body().readAllBytes()));
    routes.route("POST", "/ignore", exchange -> exchange.send(204));
    routes.route("POST", "/json", exchange -> exchange.send(200, exchange.json()));
    routes.route("GET", "/images/{name...}/json", HttpServerIT::describe);
    routes.route("GET", "/stream", this::stream);
    routes.route("GET", "/breaks", HttpServerIT::breakOff);
    routes.route(
        "GET",
        "/bug",
        exchange -> {
          throw new IllegalStateException("a bug");
        });
    routes.route("GET", "/poll", this::poll);
    server =
        new HttpServer(
            routes, "1.2.3", SystemClock.INSTANCE, Duration.ofMillis(300), Duration.ofMillis(20));
    server.listen(socket, "rw-rw----", Optional.empty());
  }

  @AfterEach
  void stop() throws IOException {
    release.countDown();
    server.close();
  }

  private static void describe(HttpExchange exchange) throws IOException {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("name", exchange.parameter("name"));
    body.put("version", exchange.version().toString());
    body.put("q", String.join("|", exchange.queries("q")));
    exchange.send(200, body);
  }

  private void stream(HttpExchange exchange) throws IOException {
    try (OutputStream out = exchange.stream(200, "application/json")) {
      await(release);
      for (int i = 0; i < 3; i++) {
        out.write(("line " + i + "\n").getBytes(UTF_8));
        out.flush();
      }
      out.write(new byte[100_000]);
    }
  }

  private static void breakOff(HttpExchange exchange) throws IOException, ApiException {
    OutputStream out = exchange.stream(200, "application/json");
    out.write("partial".getBytes(UTF_8));
    out.flush();
    throw ApiException.internal("too late to say");
  }

  private void poll(HttpExchange exchange) throws IOException {
    OutputStream out = exchange.stream(200, "application/json");
    polling.countDown();
    while (!exchange.peerGone() && release.getCount() > 0) {
      LockSupport.parkNanos(1_000_000);
    }
    if (exchange.peerGone()) {
      peerGone.countDown();
    }
    out.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void answersCarryDockersHeaders() throws IOException {
    try (TestClient client = new TestClient(socket)) {
      Answer answer = client.get("/v1.44/images/a/b%3Ac/json?q=1&q=x%20y+z");
      assertEquals(200, answer.status());
      assertEquals("{\"name\":\"a/b:c\",\"version\":\"1.44\",\"q\":\"1|x y z\"}\n", answer.text());
      assertEquals(Optional.of("1.48"), answer.header("api-version"));
      assertEquals(Optional.of("linux"), answer.header("Ostype"));
      assertEquals(Optional.of("false"), answer.header("Docker-Experimental"));
      assertEquals(Optional.of("Metanode/1.2.3 (linux)"), answer.header("Server"));
      assertEquals(Optional.of("application/json"), answer.header("Content-Type"));
    }
  }

  @Test
  void optionsAreAskedOfAnyPath() throws IOException {
    for (String path : new String[] {"/", "/who", "/no/such/path"}) {
      try (TestClient client = new TestClient(socket)) {
        client.send("OPTIONS " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertEquals(200, client.answer().status(), path);
      }
    }
  }

  @Test
  void actorIsThePeerOfTheSocket() throws IOException {
    try (TestClient client = new TestClient(socket)) {
      assertEquals("unix:" + System.getProperty("user.name"), client.get("/who").text());
    }
  }

  @Test
  void versionsOutsideTheRangeAreRefusedInDockersWords() throws IOException {
    try (TestClient client = new TestClient(socket)) {
      assertEquals(200, client.get("/v1.22/who").status());
      Answer old = client.get("/v1.21/who");
      assertEquals(400, old.status());
      assertEquals(
          "client version 1.21 is too old. Minimum supported API version is 1.24, please upgrade"
              + " your client to a newer version",
          old.json().get("message").asString());
      Answer young = client.get("/v1.99/who");
      assertEquals(400, young.status());
      assertEquals(
          "client version 1.99 is too new. Maximum supported API version is 1.48",
          young.json().get("message").asString());
    }
  }

  @Test
  void unknownPathsMethodsAndBugsAreJsonErrorsAndTheConnectionStays() throws IOException {
    try (TestClient client = new TestClient(socket)) {
      Answer unknown = client.get("/nowhere");
      assertEquals(404, unknown.status());
      assertEquals("{\"message\":\"page not found\"}\n", unknown.text());
      Answer method = client.delete("/who");
      assertEquals(404, method.status());
      assertEquals(Optional.of("GET"), method.header("Allow"));
      Answer bug = client.get("/bug");
      assertEquals(500, bug.status());
      assertEquals("{\"message\":\"a bug\"}\n", bug.text());
      assertEquals(200, client.get("/who").status());
    }
  }

  @Test
  void headAnswersWithoutBody() throws IOException {
    try (TestClient client = new TestClient(socket)) {
      Answer head = client.request("HEAD", "/who", "");
      assertEquals(200, head.status());
      assertTrue(head.header("Content-Length").isPresent());
      assertEquals(200, client.get("/who").status());
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    try (TestClient client = new TestClient(socket)) {
      client.send(
          "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\none"
              + "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "2;x=y\r\ntw\r\n1\r\no\r\n0\r\nTrailer: t\r\n\r\n"
              + "POST /ignore HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nunrea"
              + "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nthree");
      assertEquals("one", client.answer().text());
      assertEquals("two", client.answer().text());
      assertEquals(204, client.answer().status());
      assertEquals("three", client.answer().text());
    }
  }

  @Test
  void expectedContinueComesWhenTheBodyIsRead() throws IOException {
    try (TestClient client = new TestClient(socket)) {
      client.send(
          "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
      assertEquals(100, client.answer().status());
      client.send("body");
      assertEquals("body", client.answer().text());
      client.send(
          "POST /ignore HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
      Answer unread = client.answer();
      assertEquals(204, unread.status());
      assertEquals(Optional.of("close"), unread.header("Connection"));
      assertEquals(-1, client.read());
    }
  }

  @Test
  void streamedHeadersAndLinesComeAtOnce() throws IOException {
    try (TestClient client = new TestClient(socket)) {
      client.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals(200, client.head().status());
      release.countDown();
      for (int i = 0; i < 3; i++) {
        assertEquals("line " + i + "\n", new String(client.chunk(), UTF_8));
      }
      int rest = 0;
      for (byte[] chunk = client.chunk(); chunk.length > 0; chunk = client.chunk()) {
        rest += chunk.length;
      }
      assertEquals(100_000, rest);
    }
  }

  @Test
  void failureAfterTheAnswerBeganBreaksItOffVisibly() throws IOException {
    try (TestClient client = new TestClient(socket)) {
      client.send("GET /breaks HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThrows(IOException.class, client::answer);
    }
  }

  @Test
  void longPollNoticesThatThePeerHasGone() throws IOException {
    try (TestClient client = new TestClient(socket)) {
      client.send("GET /poll HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals(200, client.head().status());
      await(polling);
    }
    await(peerGone);
  }

  @Test
  void bytesReadWhileWatchingThePeerAreTheNextRequest() throws IOException {
    try (TestClient client = new TestClient(socket)) {
      client.send("GET /poll HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals(200, client.head().status());
      await(polling);
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\npi");
      client.send("pe");
      release.countDown();
      assertEquals(0, client.chunk().length);
      assertEquals("pipe", client.answer().text());
      assertEquals("again", client.post("/echo", "again").text());
    }
    assertEquals(1, peerGone.getCount());
  }

  @Test
  void malformedRequestsGetAnErrorAndTheEnd() throws IOException {
    List<String> bad =
        List.of(
            "400 GARBAGE\r\n\r\n",
            "400 GET /who HTTP/1.1\n\n",
            "400 GET /who HTTP/1.1\r\n\r\n",
            "505 GET /who HTTP/2.0\r\nHost: a\r\n\r\n",
            "400 GET /who HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
            "400 GET /who HTTP/1.1\r\nHost : a\r\n\r\n",
            "400 GET /who HTTP/1.1\r\nHost: a\rb\r\n\r\n",
            "400 GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
            "400 POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "400 POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "400 POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
            "501 POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
            "400 POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "400 POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
            "400 POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
            "431 GET /who HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(70_000) + "\r\n\r\n");
    for (String each : bad) {
      try (TestClient client = new TestClient(socket)) {
        client.send(each.substring(4));
        Answer answer = client.answer();
        assertEquals(each.substring(0, 3), Integer.toString(answer.status()), each);
        assertFalse(answer.json().get("message").asString().isEmpty());
        assertEquals(-1, client.read(), each);
      }
    }
    try (TestClient client = new TestClient(socket)) {
      assertEquals(200, client.get("/who").status());
    }
  }

  @Test
  void badJsonIsRefused() throws IOException {
    try (TestClient client = new TestClient(socket)) {
      assertEquals(400, client.post("/json", "{\"a\":").status());
      assertEquals(400, client.post("/json", "{} x").status());
      assertEquals(400, client.post("/json", "[".repeat(5000)).status());
      assertEquals("{}\n", client.post("/json", "").text());
    }
    try (TestClient client = new TestClient(socket)) {
      assertEquals(
          413, client.post("/json", "\"" + "x".repeat(Json.BODY_LIMIT + 100) + "\"").status());
    }
  }

  @Test
  void silentAndStalledPeersHoldUpNobodyAndAreClosedInTime() throws IOException {
    List<TestClient> stalled = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      TestClient client = new TestClient(socket);
      client.send(i % 2 == 0 ? "" : "GET /who HTT");
      stalled.add(client);
    }
    try (TestClient client = new TestClient(socket)) {
      assertEquals(200, client.get("/who").status());
    }
    for (TestClient client : stalled) {
      assertEquals(-1, client.read());
      client.close();
    }
  }

  @Test
  void socketFileHasItsModeAndIsNotTakenFromALiveServer() throws IOException {
    assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
    assertThrows(IOException.class, () -> server.listen(socket, "rw-rw----", Optional.empty()));
    try (TestClient client = new TestClient(socket)) {
      assertEquals(200, client.get("/who").status());
    }
    try (var left = Files.list(directory)) {
      assertEquals(List.of(socket), left.toList());
    }
  }

  @Test
  void staleSocketFileIsReplacedButNoOtherFile() throws IOException {
    Path stale = directory.resolve("stale");
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(stale));
    }
    server.listen(stale, "rw-------", Optional.empty());
    try (TestClient client = new TestClient(stale)) {
      assertEquals(200, client.get("/who").status());
    }
    Path file = Files.writeString(directory.resolve("file"), "kept");
    assertThrows(IOException.class, () -> server.listen(file, "rw-------", Optional.empty()));
    assertEquals("kept", Files.readString(file));
  }

  @Test
  void closingLetsTheRequestInProgressEnd() throws Exception {
    try (TestClient client = new TestClient(socket);
        TestClient resting = new TestClient(socket)) {
      assertEquals(200, resting.get("/who").status());
      client.send("GET /poll HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals(200, client.head().status());
      await(polling);
      Thread closing = Thread.ofVirtual().start(() -> assertCloses());
      assertEquals(-1, resting.read());
      release.countDown();
      assertEquals(0, client.chunk().length);
      assertEquals(-1, client.read());
      closing.join();
      assertFalse(Files.exists(socket));
    }
  }

  private void assertCloses() {
    try {
      server.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void curlTalksToIt() throws Exception {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
    Process curl =
        new ProcessBuilder(
                "/usr/bin/curl",
                "-sS",
                "--unix-socket",
                socket.toString(),
                "-H",
                "Transfer-Encoding: chunked",
                "-H",
                "Expect: 100-continue",
                "-d",
                "@-",
                "http://d/v1.40/echo",
                "http://d/v1.40/who")
            .redirectErrorStream(true)
            .start();
    byte[] sent = "z".repeat(300_000).getBytes(UTF_8);
    Thread writer = Thread.ofVirtual().start(() -> write(curl, sent));
    try (InputStream out = curl.getInputStream()) {
      byte[] got = out.readNBytes(sent.length);
      assertArrayEquals(sent, got);
    }
    writer.join();
  }

  private static void write(Process process, byte[] bytes) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
