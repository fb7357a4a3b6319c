package io.metanode.containers.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageFixture;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.TarBuilder;
import io.metanode.containers.registry.Credentials;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes to registries whose connections break. */
final class ImagePushIT {

  @TempDir private Path home;
  private PullFixture images;

  @BeforeEach
  void open() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    images = new PullFixture(home);
  }

  @AfterEach
  void close() {
    if (images != null) {
      images.close();
    }
  }

  /** Loads an image of one layer of a megabyte, which does not compress. */
  private byte[] load(String name) throws Exception {
    byte[] noise = new byte[1 << 20];
    new Random(3).nextBytes(noise);
    byte[] layer = new TarBuilder().entry("noise", (byte) '0', noise, entry -> {}).bytes();
    images.images.images.load(
        ImageFixture.ACTOR,
        TarBuilder.stream(TarBuilder.dockerArchive(name, layer)),
        (id, current, total) -> {});
    return layer;
  }

  private List<Pushed> push(String name) throws Exception {
    return images.transfers.push(
        ImageFixture.ACTOR,
        new PushRequest(ImageReference.parse(name), Credentials.NONE),
        images.told);
  }

  @Test
  void anUploadGoesOnWhereItBroke() throws Exception {
    try (UploadServer registry = new UploadServer(1)) {
      String name = registry.authority() + "/a:1";
      byte[] layer = load(name);
      Pushed pushed = push(name).getFirst();
      assertArrayEquals(layer, registry.bytes("/v2/a/blobs/" + TarBuilder.digest(layer)));
      List<String> patches =
          registry.requests.stream().filter(request -> request.contains("PATCH")).toList();
      int half = layer.length / 2;
      assertTrue(
          patches.stream().anyMatch(patch -> patch.endsWith(" " + half + "-" + (layer.length - 1))),
          patches::toString);
      Digest manifest = TarBuilder.digest(registry.bytes("/v2/a/manifests/1"));
      assertEquals(manifest, pushed.manifest().digest());
      assertEquals(
          images.images.store.find(name),
          images.images.store.find(registry.authority() + "/a@" + manifest));
    }
  }

  @Test
  void aRegistryThatBreaksOffEveryTimeIsGivenUp() throws Exception {
    try (UploadServer registry = new UploadServer(Integer.MAX_VALUE)) {
      String name = registry.authority() + "/a:1";
      load(name);
      assertThrows(Exception.class, () -> push(name));
      assertEquals(
          0, registry.content.keySet().stream().filter(key -> key.contains("manifests")).count());
      assertInstanceOf(Outcome.Failed.class, images.images.receipts.steps().getLast().outcome());
    }
  }

  @Test
  void whatIsNotHereIsNotPushed() throws Exception {
    load("other:1");
    ApiException missing = assertThrows(ApiException.class, () -> push("localhost:1/a:1"));
    assertEquals(404, missing.status());
    assertEquals("image.push", images.images.receipts.steps().getLast().operation());
  }
}
