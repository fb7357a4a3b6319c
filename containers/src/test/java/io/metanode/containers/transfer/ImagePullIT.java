package io.metanode.containers.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.Zstd;
import com.sun.net.httpserver.HttpExchange;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.Image;
import io.metanode.containers.image.ImageFixture;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.TarBuilder;
import io.metanode.containers.registry.CancelledException;
import io.metanode.containers.registry.Credentials;
import io.metanode.containers.registry.Platform;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Pulls from registries that mean well, and whose connections break. */
final class ImagePullIT {

  private static final byte[] BASE = new TarBuilder().file("a", "base").bytes();
  private static final byte[] TOP = new TarBuilder().file("b", "top").bytes();

  @TempDir private Path home;
  private PullFixture pulls;
  private FakeRegistry registry;

  @BeforeEach
  void open() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    pulls = new PullFixture(home);
    registry = new FakeRegistry();
  }

  @AfterEach
  void close() {
    if (registry != null) {
      registry.close();
      pulls.close();
    }
  }

  private String name(String rest) {
    return registry.authority() + "/" + rest;
  }

  private Image image(String name) throws ApiException {
    return pulls.images.store.resolve(name);
  }

  /** Bytes that do not compress, as the layer of one file. */
  private static byte[] large(int bytes) {
    byte[] content = new byte[bytes];
    new java.util.Random(7).nextBytes(content);
    return new TarBuilder().entry("large", (byte) '0', content, entry -> {}).bytes();
  }

  @Test
  void pullsByTagAndByDigest() throws Exception {
    Digest manifest = registry.image("1", BASE, TOP);
    Pulled pulled = pulls.pull(name("a/b:1")).getFirst();
    assertTrue(pulled.isNew());
    assertEquals(manifest, pulled.manifest());
    assertEquals(2, image(name("a/b:1")).layers().size());
    assertEquals(image(name("a/b:1")), image(name("a/b@" + manifest)));
    assertEquals(image(name("a/b:1")), image(name("a/b:9@" + manifest)));
    assertFalse(pulls.pull(name("a/b:1")).getFirst().isNew());
    assertFalse(pulls.pull(name("a/b@" + manifest)).getFirst().isNew());
    Step receipt = pulls.images.receipts.steps().getFirst();
    assertEquals("image.pull", receipt.operation());
    assertEquals(
        List.of("image/" + name("a/b:1"), "manifest/" + name("a/b:1")),
        receipt.subjects().stream().map(subject -> subject.name()).toList());
    assertEquals(manifest, receipt.subjects().getLast().digest());
    assertEquals("pull", pulls.images.events.getFirst().action());
  }

  @Test
  void layersByXzWithinTheMemoryThereIs() throws Exception {
    byte[] small = xz(BASE, 6);
    registry.image("1", "amd64", List.of(TarBuilder.digest(BASE)), List.of(small));
    pulls.pull(name("a/b:1"));
    assertEquals(1, image(name("a/b:1")).layers().size());
    registry.image("2", "amd64", List.of(TarBuilder.digest(TOP)), List.of(xz(TOP, 9)));
    Exception large = assertThrows(Exception.class, () -> pulls.pull(name("a/b:2")));
    assertTrue(String.valueOf(large.getMessage()).contains("xz -7"), large::toString);
    byte[] cut = java.util.Arrays.copyOf(small, small.length - 20);
    registry.image("3", "amd64", List.of(TarBuilder.digest(TOP)), List.of(cut));
    Exception damaged = assertThrows(Exception.class, () -> pulls.pull(name("a/b:3")));
    assertTrue(String.valueOf(damaged.getMessage()).contains("damaged"), damaged::toString);
  }

  private static byte[] xz(byte[] content, int level) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (XZOutputStream packed = new XZOutputStream(out, new LZMA2Options(level))) {
      packed.write(content);
    }
    return out.toByteArray();
  }

  @Test
  void tokenThatExpiresInMidPullIsRenewed() throws Exception {
    registry.image("1", BASE, TOP);
    AtomicInteger issued = new AtomicInteger();
    AtomicInteger uses = new AtomicInteger();
    registry.fault(
        "/token",
        exchange ->
            FakeRegistry.send(
                exchange,
                200,
                ("{\"token\":\"t" + issued.incrementAndGet() + "\"}")
                    .getBytes(StandardCharsets.UTF_8)));
    registry.gate(
        exchange -> {
          String shown = exchange.getRequestHeaders().getFirst("Authorization");
          boolean token = exchange.getRequestURI().getPath().equals("/token");
          boolean valid = ("Bearer t" + issued.get()).equals(shown) && uses.incrementAndGet() <= 2;
          if (!token && !valid) {
            uses.set(0);
            exchange
                .getResponseHeaders()
                .set(
                    "WWW-Authenticate",
                    "Bearer realm=\"http://" + registry.authority() + "/token\",service=\"r\"");
            FakeRegistry.send(exchange, 401, new byte[0]);
          }
        });
    assertTrue(pulls.pull(name("a/b:1")).getFirst().isNew());
    assertTrue(issued.get() >= 2, () -> registry.requests().toString());
  }

  @Test
  void tellsWhatDockerTells() throws Exception {
    registry.image("1", BASE);
    pulls.pull(name("a/b:1"));
    String layer = TarBuilder.digest(TarBuilder.gzip(BASE)).hex().substring(0, 12);
    assertEquals("1 Pulling from a/b", pulls.told.lines.getFirst());
    assertEquals(layer + " Pulling fs layer", pulls.told.lines.get(1));
    assertEquals(layer + " Pull complete", pulls.told.lines.getLast());
  }

  @Test
  void zstdAndPlainLayers() throws Exception {
    registry.image(
        "1",
        "amd64",
        List.of(TarBuilder.digest(BASE), TarBuilder.digest(TOP)),
        List.of(Zstd.compress(BASE), TOP));
    pulls.pull(name("a:1"));
    Image image = image(name("a:1"));
    assertEquals(7, image.sizeBytes());
  }

  @Test
  void nothingIsFetchedTwice() throws Exception {
    registry.image("1", BASE, TOP);
    registry.image("2", BASE, new TarBuilder().file("c", "other").bytes());
    pulls.pull(name("a:1"));
    pulls.pull(name("a:2"));
    String base = TarBuilder.digest(TarBuilder.gzip(BASE)).toString();
    assertEquals(1, registry.count(base));
    assertTrue(pulls.told.lines.contains(base.substring(7, 19) + " Already exists"));
  }

  @Test
  void anIndexGivesTheImageOfThePlatform() throws Exception {
    Digest intel = registry.image("x", BASE);
    Digest arm =
        registry.image(
            "y", "arm64", List.of(TarBuilder.digest(TOP)), List.of(TarBuilder.gzip(TOP)));
    String entry = "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":1,\"platform\":{%s}}";
    Digest index =
        registry.manifest(
            "multi",
            FakeRegistry.INDEX,
            "{\"schemaVersion\":2,\"mediaType\":\""
                + FakeRegistry.INDEX
                + "\",\"manifests\":["
                + entry.formatted(
                    FakeRegistry.MANIFEST,
                    arm,
                    "\"os\":\"linux\",\"architecture\":\"arm64\",\"variant\":\"v8\"")
                + ","
                + entry.formatted(
                    FakeRegistry.MANIFEST, intel, "\"os\":\"linux\",\"architecture\":\"amd64\"")
                + "]}");
    Pulled pulled = pulls.pull(name("a:multi")).getFirst();
    assertEquals(index, pulled.manifest());
    assertEquals("amd64", image(name("a:multi")).architecture());
    assertEquals(image(name("a:multi")), image(name("a@" + index)));
    ImageReference reference = ImageReference.parse(name("a:multi"));
    Platform other = new Platform("linux", "aarch64", "");
    pulls.transfers.pull(
        ImageFixture.ACTOR, new PullRequest(reference, other, true, Credentials.NONE), pulls.told);
    assertEquals("arm64", image(name("a:multi")).architecture());
    Platform none = new Platform("linux", "riscv64", "");
    ApiException missing =
        assertThrows(
            ApiException.class,
            () ->
                pulls.transfers.pull(
                    ImageFixture.ACTOR,
                    new PullRequest(reference, none, true, Credentials.NONE),
                    pulls.told));
    assertEquals(404, missing.status());
    assertEquals(
        "no matching manifest for linux/riscv64 in the manifest list entries",
        missing.getMessage());
  }

  @Test
  void allTagsOverSeveralPages() throws Exception {
    registry.image("one", BASE);
    registry.image("two", TOP);
    registry.fault(
        "/v2/a/tags/list",
        exchange -> {
          boolean first = exchange.getRequestURI().getQuery() == null;
          if (first) {
            exchange.getResponseHeaders().set("Link", "</v2/a/tags/list?last=one>; rel=\"next\"");
          }
          String tag = first ? "one" : "two";
          FakeRegistry.send(
              exchange, 200, ("{\"tags\":[\"" + tag + "\"]}").getBytes(StandardCharsets.UTF_8));
        });
    assertEquals(2, pulls.pull(name("a")).size());
    assertEquals(1, image(name("a:two")).layers().size());
  }

  @Test
  void aBrokenConnectionIsTakenUpWhereItBroke() throws Exception {
    byte[] tar = large(3_000_000);
    registry.image("1", tar);
    byte[] blob = TarBuilder.gzip(tar);
    String path = FakeRegistry.blobPath("a", TarBuilder.digest(blob));
    registry.fault(
        path,
        exchange -> {
          registry.repair(path);
          exchange.sendResponseHeaders(200, blob.length);
          exchange.getResponseBody().write(blob, 0, blob.length / 2);
          exchange.getResponseBody().flush();
          throw new IOException("the registry dies");
        });
    pulls.pull(name("a:1"));
    List<String> asked =
        registry.requests().stream().filter(request -> request.contains(path)).toList();
    assertEquals(2, asked.size(), asked::toString);
    assertTrue(asked.getLast().matches(".*range=bytes=[1-9][0-9]{5,}-.*"), asked::toString);
    assertEquals(3_000_000, image(name("a:1")).sizeBytes());
  }

  @Test
  void aRegistryWithoutRangesSendsItAnew() throws Exception {
    byte[] tar = large(3_000_000);
    registry.image("1", tar);
    byte[] blob = TarBuilder.gzip(tar);
    String path = FakeRegistry.blobPath("a", TarBuilder.digest(blob));
    registry.fault(
        path,
        exchange -> {
          registry.fault(path, again -> FakeRegistry.send(again, 200, blob));
          exchange.sendResponseHeaders(200, blob.length);
          exchange.getResponseBody().write(blob, 0, blob.length / 2);
          exchange.getResponseBody().flush();
          throw new IOException("the registry dies");
        });
    pulls.pull(name("a:1"));
    assertEquals(3_000_000, image(name("a:1")).sizeBytes());
  }

  @Test
  void whatIsBusyIsAskedAgain() throws Exception {
    Digest manifest = registry.image("1", BASE);
    String path = "/v2/a/manifests/1";
    registry.fault(
        path,
        exchange -> {
          registry.repair(path);
          FakeRegistry.send(exchange, 503, new byte[0]);
        });
    assertEquals(manifest, pulls.pull(name("a:1")).getFirst().manifest());
    assertEquals(2, registry.count(path));
  }

  @Test
  void twoWhoPullTheSameShareTheDownload() throws Exception {
    byte[] tar = large(1_000_000);
    registry.image("1", tar);
    byte[] blob = TarBuilder.gzip(tar);
    CountDownLatch both = new CountDownLatch(2);
    registry.fault(
        FakeRegistry.blobPath("a", TarBuilder.digest(blob)),
        exchange -> {
          begin(exchange, blob, 1000, both);
          exchange.getResponseBody().write(blob, 1000, blob.length - 1000);
        });
    List<FutureTask<List<Pulled>>> running = List.of(pulling("a:1", both), pulling("a:1", both));
    for (FutureTask<List<Pulled>> pull : running) {
      assertEquals(1, pull.get(20, TimeUnit.SECONDS).size());
    }
    assertEquals(1, registry.count(TarBuilder.digest(blob).toString()));
    assertEquals(List.of(), pulls.files("tmp"));
  }

  /** Counts down once the layer is known to be fetched. */
  private FutureTask<List<Pulled>> pulling(String name, CountDownLatch joined) {
    PullFixture.Told told =
        new PullFixture.Told() {
          @Override
          public void progress(String id, String status, long current, long total) {
            if (status.equals("Pulling fs layer")) {
              joined.countDown();
            }
          }
        };
    FutureTask<List<Pulled>> task =
        new FutureTask<>(() -> pulls.pull(name(name), Credentials.NONE, told));
    Thread.ofVirtual().start(task);
    return task;
  }

  /** Sends the first bytes of a blob, and waits. */
  private static void begin(HttpExchange exchange, byte[] blob, int first, CountDownLatch latch)
      throws IOException {
    exchange.sendResponseHeaders(200, blob.length);
    exchange.getResponseBody().write(blob, 0, first);
    exchange.getResponseBody().flush();
    await(latch);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new IOException("nobody came");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void aClientThatGoesLeavesNothing() throws Exception {
    byte[] tar = large(1_000_000);
    registry.image("1", tar);
    byte[] blob = TarBuilder.gzip(tar);
    CountDownLatch gone = new CountDownLatch(1);
    registry.fault(
        FakeRegistry.blobPath("a", TarBuilder.digest(blob)),
        exchange -> begin(exchange, blob, 500_000, gone));
    TransferProgress leaving =
        new PullFixture.Told() {
          @Override
          public void progress(String id, String status, long current, long total)
              throws IOException {
            if (status.equals("Downloading")) {
              throw new CancelledException();
            }
          }
        };
    assertThrows(IOException.class, () -> pulls.pull(name("a:1"), Credentials.NONE, leaving));
    pulls.assertEmpty();
    gone.countDown();
    assertEquals(1, pulls.images.receipts.steps().size());
  }

  @Test
  void whatAnotherPullNeedsIsNotCollected() throws Exception {
    registry.image("1", BASE, TOP);
    byte[] tar = large(1_000_000);
    registry.image("2", BASE, tar);
    pulls.pull(name("a:1"));
    byte[] blob = TarBuilder.gzip(tar);
    CountDownLatch removed = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    registry.fault(
        FakeRegistry.blobPath("a", TarBuilder.digest(blob)),
        exchange -> {
          await(removed);
          FakeRegistry.send(exchange, 200, blob);
        });
    FutureTask<List<Pulled>> second = pulling("a:2", begun);
    await(begun);
    pulls.images.images.remove(ImageFixture.ACTOR, name("a:1"), false, true);
    removed.countDown();
    assertEquals(1, second.get(20, TimeUnit.SECONDS).size());
    assertEquals(2, image(name("a:2")).layers().size());
    assertEquals(2, pulls.files("layers").size());
    for (Path layer : pulls.files("layers")) {
      assertTrue(Files.exists(layer.resolve("layer.json")), layer::toString);
    }
    assertEquals(1, registry.count(TarBuilder.digest(TarBuilder.gzip(BASE)).toString()));
  }
}
