package io.metanode.containers.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import io.metanode.containers.image.TarBuilder;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.containers.registry.Credentials;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registries that lie, stall and lead astray: refused clearly, and nothing of it is kept. */
final class HostileRegistryIT {

  private static final byte[] LAYER = new TarBuilder().file("a", "content").bytes();
  private static final byte[] BLOB = TarBuilder.gzip(LAYER);
  private static final String BLOB_PATH = FakeRegistry.blobPath("a", TarBuilder.digest(BLOB));
  private static final String MANIFEST_PATH = "/v2/a/manifests/1";
  private static final Credentials SECRET = new Credentials("who", "secret", "", "");

  @TempDir private Path home;
  private PullFixture pulls;
  private FakeRegistry registry;
  private final CountDownLatch end = new CountDownLatch(1);

  @BeforeEach
  void open() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    pulls = new PullFixture(home);
    registry = new FakeRegistry();
    registry.image("1", LAYER);
  }

  @AfterEach
  void close() {
    end.countDown();
    if (registry != null) {
      registry.close();
      pulls.close();
    }
  }

  private String refused() throws Exception {
    return pulls.refused(registry.authority() + "/a:1");
  }

  private void assertRefused(String words) throws Exception {
    String reason = refused();
    assertTrue(reason.contains(words), reason);
  }

  private void sends(String path, int status, byte[] bytes) {
    registry.fault(path, exchange -> FakeRegistry.send(exchange, status, bytes));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Layers whose configuration says what they are. */
  private void layer(byte[] tar) {
    registry.image("1", tar);
  }

  @Test
  void aLayerThatIsAnother() throws Exception {
    byte[] other = TarBuilder.gzip(new TarBuilder().file("a", "c0ntent").bytes());
    sends(BLOB_PATH, 200, Arrays.copyOf(other, BLOB.length));
    refused();
    byte[] last = BLOB.clone();
    last[last.length - 1] ^= 1;
    sends(BLOB_PATH, 200, last);
    refused();
  }

  @Test
  void aLayerThatUnpacksToAnother() throws Exception {
    registry.image("1", "amd64", List.of(new Digest("1".repeat(64))), List.of(BLOB));
    assertRefused("layer digest mismatch");
  }

  @Test
  void aLayerThatIsHereUnderAnotherArchive() throws Exception {
    registry.image("good", LAYER);
    pulls.pull(registry.authority() + "/a:good");
    byte[] other = TarBuilder.gzip(new TarBuilder().file("evil", "x").bytes());
    registry.image("bad", "amd64", List.of(TarBuilder.digest(LAYER)), List.of(other));
    int blobs = pulls.files("blobs/sha256").size();
    String reason =
        String.valueOf(
            assertThrows(Exception.class, () -> pulls.pull(registry.authority() + "/a:bad"))
                .getMessage());
    assertTrue(reason.contains("layer digest mismatch"), reason);
    assertEquals(blobs, pulls.files("blobs/sha256").size());
    assertEquals(1, pulls.files("layers").size());
  }

  @Test
  void aLayerOfAnotherLength() throws Exception {
    sends(BLOB_PATH, 200, Arrays.copyOf(BLOB, BLOB.length - 1));
    assertRefused("bytes by its manifest");
    sends(BLOB_PATH, 200, Arrays.copyOf(BLOB, BLOB.length + 1));
    assertRefused("bytes by its manifest");
    registry.fault(
        BLOB_PATH,
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(Arrays.copyOf(BLOB, BLOB.length + 100));
        });
    assertRefused("larger than the");
    registry.fault(
        BLOB_PATH,
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(BLOB, 0, 10);
        });
    assertRefused("ended after 10 of");
  }

  @Test
  void aPartThatIsNotTheOneAskedFor() throws Exception {
    registry.fault(
        BLOB_PATH,
        exchange -> {
          if (exchange.getRequestHeaders().getFirst("Range") == null) {
            exchange.sendResponseHeaders(200, BLOB.length);
            exchange.getResponseBody().write(BLOB, 0, 50);
            exchange.getResponseBody().flush();
            throw new IOException("dies");
          }
          exchange.getResponseHeaders().set("Content-Range", "bytes 0-9/" + BLOB.length);
          FakeRegistry.send(exchange, 206, Arrays.copyOf(BLOB, BLOB.length - 50));
        });
    assertRefused("bytes by its manifest");
  }

  @Test
  void aRegistryThatDiesForGood() throws Exception {
    registry.fault(
        BLOB_PATH,
        exchange -> {
          registry.fault(
              BLOB_PATH,
              again -> {
                throw new IOException("dead");
              });
          exchange.sendResponseHeaders(200, BLOB.length);
          exchange.getResponseBody().write(BLOB, 0, 50);
          exchange.getResponseBody().flush();
          throw new IOException("dies");
        });
    refused();
    assertTrue(registry.count(BLOB_PATH) >= 3, registry.requests()::toString);
  }

  @Test
  void manifestsThatAreNone() throws Exception {
    sends(MANIFEST_PATH, 200, new byte[5 << 20]);
    assertRefused("is larger than");
    sends(MANIFEST_PATH, 200, text("{"));
    assertRefused("not JSON");
    sends(MANIFEST_PATH, 200, text("{\"schemaVersion\":1,\"fsLayers\":[]}"));
    assertRefused("schema 1");
    sends(MANIFEST_PATH, 200, text("{\"manifests\":[],\"layers\":[],\"config\":{}}"));
    assertRefused("at once");
    sends(
        MANIFEST_PATH,
        200,
        text("{\"layers\":[],\"config\":{\"digest\":\"sha256:x\",\"size\":1}}"));
    assertRefused("a digest that is none");
    sendsManifestOf("application/vnd.oci.image.config.v1+json", 1L << 40);
    assertRefused("at most");
    sendsManifestOf("application/vnd.cncf.helm.config.v1+json", 1);
    assertRefused("not an image");
  }

  private void sendsManifestOf(String configType, long configSize) {
    String config = FakeRegistry.descriptor(configType, TarBuilder.digest(BLOB), configSize);
    sends(MANIFEST_PATH, 200, text("{\"layers\":[],\"config\":" + config + "}"));
  }

  @Test
  void aManifestThatIsNotTheOneAskedFor() throws Exception {
    Digest digest = registry.image("1", LAYER);
    sends("/v2/a/manifests/" + digest, 200, text("{}"));
    String reason = pulls.refused(registry.authority() + "/a@" + digest);
    assertTrue(reason.contains("manifest verification failed for digest " + digest), reason);
    registry.fault(
        MANIFEST_PATH,
        exchange -> {
          exchange.getResponseHeaders().set("Docker-Content-Digest", digest.toString());
          FakeRegistry.send(exchange, 200, text("{}"));
        });
    assertRefused("manifest verification failed");
  }

  @Test
  void redirectsThatNeverEnd() throws Exception {
    registry.fault(BLOB_PATH, exchange -> redirect(exchange, BLOB_PATH));
    assertRefused("more than 10 times");
    registry.fault(BLOB_PATH, exchange -> redirect(exchange, "file:///etc/passwd"));
    assertRefused("an address that is none");
  }

  private static void redirect(HttpExchange exchange, String location) throws IOException {
    exchange.getResponseHeaders().set("Location", location);
    FakeRegistry.send(exchange, 307, new byte[0]);
  }

  @Test
  void credentialsDoNotFollowRedirects() throws Exception {
    registry.gate(
        exchange -> {
          if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
            FakeRegistry.send(exchange, 401, new byte[0]);
          }
        });
    try (FakeRegistry other = new FakeRegistry()) {
      other.blob(BLOB);
      registry.fault(
          BLOB_PATH, exchange -> redirect(exchange, "http://" + other.authority() + BLOB_PATH));
      pulls.pull(registry.authority() + "/a:1", SECRET, pulls.told);
      assertEquals(1, other.requests().size());
      assertTrue(other.requests().getFirst().endsWith("auth=null"), other.requests()::toString);
      other.gate(
          exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
            FakeRegistry.send(exchange, 401, new byte[0]);
          });
      byte[] tar = new TarBuilder().file("a", "2").bytes();
      registry.image("1", tar);
      Digest next = TarBuilder.digest(TarBuilder.gzip(tar));
      registry.fault(
          FakeRegistry.blobPath("a", next),
          exchange -> redirect(exchange, "http://" + other.authority() + BLOB_PATH));
      assertThrows(
          Exception.class, () -> pulls.pull(registry.authority() + "/a:1", SECRET, pulls.told));
      assertTrue(
          other.requests().stream().allMatch(request -> request.endsWith("auth=null")),
          other.requests()::toString);
    }
  }

  @Test
  void slowRegistriesAreNotWaitedForForEver() throws Exception {
    registry.fault(
        BLOB_PATH,
        exchange -> {
          exchange.sendResponseHeaders(200, BLOB.length);
          for (int i = 0; i < BLOB.length; i++) {
            exchange.getResponseBody().write(BLOB, i, 1);
            exchange.getResponseBody().flush();
            pause(50);
          }
        });
    assertRefused("sent less than");
    registry.fault(BLOB_PATH, exchange -> pause(60_000));
    refused();
  }

  private void pause(long millis) throws IOException {
    try {
      var _ = end.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void layersThatReachOutside() throws Exception {
    layer(new TarBuilder().file("../../escaped", "x").bytes());
    assertRefused("outside of the layer");
    Path outside = Files.createDirectory(home.resolve("outside"));
    layer(new TarBuilder().symlink("link", outside.toString()).file("link/x", "x").bytes());
    pulls.pull(registry.authority() + "/a:1");
    assertEquals(0, outside.toFile().list().length);
  }

  @Test
  void bombs() throws Exception {
    UnpackLimits tight = new UnpackLimits(1 << 20, 200, 1 << 16, 1000, 4096, 0);
    byte[] zeros = new byte[8 << 20];
    byte[] tar = new TarBuilder().entry("zeros", (byte) '0', zeros, entry -> {}).bytes();
    registry.image("1", tar);
    try (PullFixture bounded = new PullFixture(home.resolve("bounded"), tight)) {
      String reason = bounded.refused(registry.authority() + "/a:1");
      assertTrue(reason.contains("unpacks to more than"), reason);
    }
  }

  @Test
  void whiteoutsHideWhatIsBelow() throws Exception {
    registry.image(
        "1",
        new TarBuilder().file("gone", "x").file("kept", "x").bytes(),
        new TarBuilder().file(".wh.gone", "").bytes());
    pulls.pull(registry.authority() + "/a:1");
    assertEquals(2, pulls.files("layers").size());
    long whiteouts =
        pulls.files("layers").stream()
            .filter(layer -> Files.exists(layer.resolve("fs/gone")))
            .filter(layer -> !Files.isRegularFile(layer.resolve("fs/gone")))
            .count();
    assertEquals(1, whiteouts);
  }

  @Test
  void tokensAreAskedForOnceAndSentOnlyWhereTheyBelong() throws Exception {
    try (FakeRegistry authority = new FakeRegistry()) {
      authority.fault(
          "/token", exchange -> FakeRegistry.send(exchange, 200, text("{\"token\":\"t0ken\"}")));
      registry.gate(
          exchange -> {
            if (!"Bearer t0ken".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
              exchange
                  .getResponseHeaders()
                  .set(
                      "WWW-Authenticate",
                      "Bearer realm=\"http://"
                          + authority.authority()
                          + "/token\",service=\"r\",scope=\"repository:a:pull\"");
              FakeRegistry.send(exchange, 401, new byte[0]);
            }
          });
      pulls.pull(registry.authority() + "/a:1", SECRET, pulls.told);
      assertEquals(1, authority.count("/token"));
      assertTrue(
          authority.requests().getFirst().endsWith("auth=Basic d2hvOnNlY3JldA=="),
          authority.requests()::toString);
      assertFalse(
          registry.requests().stream().anyMatch(request -> request.contains("Basic")),
          registry.requests()::toString);
    }
  }
}
