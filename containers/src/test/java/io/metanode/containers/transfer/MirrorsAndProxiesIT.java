package io.metanode.containers.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.containers.RegistrySettings;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.TarBuilder;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.containers.registry.Credentials;
import io.metanode.foundation.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls from mirrors, and through proxies. */
final class MirrorsAndProxiesIT {

  private static final byte[] BASE = new TarBuilder().file("a", "base").bytes();
  private static final byte[] TOP = new TarBuilder().file("b", "top").bytes();

  @TempDir private Path home;
  private FakeRegistry first;
  private FakeRegistry second;

  @BeforeEach
  void open() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    first = new FakeRegistry();
    second = new FakeRegistry();
  }

  @AfterEach
  void close() {
    if (first != null) {
      first.close();
      second.close();
    }
  }

  private PullFixture mirrored(String... mirrors) throws IOException {
    List<URI> uris = List.of(mirrors).stream().map(URI::create).toList();
    return new PullFixture(
        home,
        UnpackLimits.DEFAULT,
        new RegistrySettings(List.of(), uris, Path.of("/nowhere"), 3, 5));
  }

  private static String mirror(FakeRegistry registry) {
    return "http://" + registry.authority();
  }

  @Test
  void namesOfDockerHubComeFromTheFirstMirrorThatHasThem() throws Exception {
    Digest manifest = second.image("1", BASE);
    try (PullFixture pulls = mirrored(mirror(first), mirror(second))) {
      Pulled pulled = pulls.pull("busybox:1").getFirst();
      assertEquals(manifest, pulled.manifest());
      assertEquals("busybox:1", pulled.name().familiar());
      assertEquals(1, first.count("/v2/library/busybox/manifests/1"));
      assertEquals(
          manifest,
          pulls
              .transfers
              .inspect(ImageReference.parse("busybox:1"), Credentials.NONE)
              .descriptor()
              .digest());
    }
  }

  @Test
  void credentialsAreNotShownToMirrors() throws Exception {
    first.image("1", BASE);
    first.gate(
        exchange -> {
          if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"r\"");
            FakeRegistry.send(exchange, 401, new byte[0]);
          }
        });
    second.image("1", BASE);
    try (PullFixture pulls = mirrored(mirror(first), mirror(second))) {
      Credentials own = new Credentials("me", "secret", "", "");
      assertTrue(pulls.pull("busybox:1", own, pulls.told).getFirst().isNew());
      assertEquals(first.count("auth=null"), first.requests().size());
      assertEquals(second.count("auth=null"), second.requests().size());
    }
  }

  @Test
  void mirrorThatSendsAnotherLayerIsPassedOver() throws Exception {
    Digest layer = first.blob(TarBuilder.gzip(BASE));
    first.image("1", BASE);
    first.fault(
        FakeRegistry.blobPath("library/busybox", layer),
        exchange -> FakeRegistry.send(exchange, 200, TarBuilder.gzip(TOP)));
    second.image("1", BASE);
    try (PullFixture pulls = mirrored(mirror(first), mirror(second))) {
      assertTrue(pulls.pull("busybox:1").getFirst().isNew());
    }
  }

  @Test
  void otherRegistriesHaveNoMirror() throws Exception {
    second.image("1", BASE);
    try (PullFixture pulls = mirrored(mirror(first))) {
      assertTrue(pulls.pull(second.authority() + "/a:1").getFirst().isNew());
      assertEquals(List.of(), first.requests());
    }
  }

  private PullFixture through(Map<String, String> environment) throws IOException {
    RegistrySettings direct =
        new RegistrySettings(List.of("registry.test:5000"), List.of(), Path.of("/nowhere"), 3, 5);
    return new PullFixture(home, UnpackLimits.DEFAULT, direct.through(environment));
  }

  @Test
  void registryWithoutTlsIsReachedThroughTheProxy() throws Exception {
    first.image("1", BASE);
    try (PullFixture pulls = through(Map.of("http_proxy", first.authority()))) {
      assertTrue(pulls.pull("registry.test:5000/a:1").getFirst().isNew());
    }
  }

  @Test
  void whatNeedsNoProxyIsReachedWithout() throws Exception {
    first.image("1", BASE);
    second.image("1", BASE);
    Map<String, String> environment =
        Map.of("HTTP_PROXY", mirror(first), "NO_PROXY", "other.test, .registry.test,registry.test");
    try (PullFixture pulls = through(environment)) {
      assertThrows(Exception.class, () -> pulls.pull("registry.test:5000/a:1"));
      assertTrue(pulls.pull(second.authority() + "/a:1").getFirst().isNew());
      assertEquals(List.of(), first.requests());
    }
  }

  @Test
  void tunnelIsAskedForWithTheProxysPassword() throws Exception {
    List<List<String>> heads = new CopyOnWriteArrayList<>();
    Thread serving;
    try (ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      serving = Thread.ofVirtual().start(() -> serve(proxy, heads));
      String at = "127.0.0.1:" + proxy.getLocalPort();
      try (PullFixture pulls = through(Map.of("HTTPS_PROXY", "http://me:pass%3Aword@" + at))) {
        Exception refused = assertThrows(Exception.class, () -> pulls.pull("secure.test/a:1"));
        assertFalse(String.valueOf(refused.getMessage()).contains("pass"), refused::toString);
      }
    }
    serving.join();
    String login = Base64.getEncoder().encodeToString("me:pass:word".getBytes(US_ASCII));
    assertTrue(
        heads.stream()
            .anyMatch(
                head ->
                    head.getFirst().equals("CONNECT secure.test:443 HTTP/1.1")
                        && head.contains("Proxy-Authorization: Basic " + login)),
        heads::toString);
  }

  /** A proxy that wants a password, and lets nobody through. */
  private static void serve(ServerSocket proxy, List<List<String>> heads) {
    while (true) {
      try (Socket client = proxy.accept()) {
        List<String> head = new ArrayList<>();
        BufferedReader in =
            new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
          head.add(line);
        }
        heads.add(head);
        boolean known = head.stream().anyMatch(line -> line.startsWith("Proxy-Authorization"));
        String answer =
            known
                ? "HTTP/1.1 503 No\r\n"
                : "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"p\"\r\n";
        client
            .getOutputStream()
            .write((answer + "Content-Length: 0\r\nConnection: close\r\n\r\n").getBytes(US_ASCII));
      } catch (IOException e) {
        return;
      }
    }
  }
}
