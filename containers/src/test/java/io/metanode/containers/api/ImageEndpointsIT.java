package io.metanode.containers.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.containers.event.Event;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.RecordedExchange;
import io.metanode.containers.http.RouteTable;
import io.metanode.containers.image.ImageFixture;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.TarBuilder;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ImageEndpointsIT {

  private static final byte[] LAYER = new TarBuilder().file("f", "12345").bytes();

  @TempDir private Path directory;
  private ImageFixture fixture;
  private final RouteTable routes = new RouteTable();

  @BeforeEach
  void open() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    fixture = new ImageFixture(directory);
    new ImageEndpoints(fixture.images, fixture.clock).register(routes);
    new ImageEndpointsArchives(
            fixture.images, fixture.save(), fixture.registry(), fixture.files(), "amd64")
        .register(routes);
  }

  private RecordedExchange load(byte[] archive) throws Exception {
    return new RecordedExchange("POST", "/images/load").body(archive).send(routes);
  }

  private RecordedExchange get(String path) throws Exception {
    return new RecordedExchange("GET", path).send(routes);
  }

  private ApiException refused(RecordedExchange exchange) {
    return assertThrows(ApiException.class, () -> exchange.send(routes));
  }

  private List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("images").resolve(name))) {
      return files.skip(1).toList();
    }
  }

  @Test
  void tellsProgressAndNamesWhileLoading() throws Exception {
    List<JsonNode> messages = load(TarBuilder.dockerArchive("a:1", LAYER)).messages();
    assertEquals("Loading layer", messages.getFirst().path("status").stringValue());
    assertEquals("Loaded image: a:1\n", messages.getLast().path("stream").stringValue());
    Step receipt = fixture.receipts.steps().getLast();
    assertEquals("image.load", receipt.operation());
    assertEquals("image/docker.io/library/a:1", receipt.subjects().getFirst().name());
    Event event = fixture.events.getLast();
    assertEquals("load", event.action());
    assertEquals(event.actorId(), event.attributes().get("name"));
  }

  @Test
  void showsEachVersionItsFields() throws Exception {
    load(TarBuilder.dockerArchive("a:1", LAYER));
    for (int minor : List.of(24, 43, 44, 48)) {
      JsonNode image =
          new RecordedExchange("GET", "/images/a:1/json").version(minor).send(routes).answerJson();
      assertEquals(minor < 44, image.has("VirtualSize"), "1." + minor);
      assertEquals(minor < 45, image.has("ContainerConfig"), "1." + minor);
      assertEquals(5, image.path("Size").intValue());
      assertEquals("overlay2", image.path("GraphDriver").path("Name").stringValue());
    }
    new RecordedExchange("DELETE", "/images/a:1").send(routes);
    load(TarBuilder.dockerArchive("b:1", LAYER));
    fixture.store.resolve("b:1");
    new RecordedExchange("POST", "/images/b:1/tag").with("repo", "c").with("tag", "2").send(routes);
    JsonNode listed = get("/images/json").answerJson().get(0);
    assertEquals("[\"b:1\",\"c:2\"]", listed.path("RepoTags").toString());
    assertEquals(-1, listed.path("Containers").intValue());
  }

  @Test
  void filtersTheList() throws Exception {
    load(TarBuilder.dockerArchive("a:1", LAYER));
    load(TarBuilder.dockerArchive("b/c:2", new TarBuilder().file("g", "1").bytes()));
    assertEquals(1, listed("{\"reference\":[\"b/*\"]}"));
    assertEquals(1, listed("{\"reference\":{\"a\":true,\"x\":true}}"));
    assertEquals(0, listed("{\"dangling\":[\"true\"]}"));
    assertEquals(0, listed("{\"before\":[\"a:1\"]}"));
    assertEquals(0, listed("{\"label\":[\"x\"]}"));
    assertEquals(2, listed(""));
    for (String bad :
        List.of(
            "{",
            "[]",
            "{\"nope\":[\"1\"]}",
            "{\"dangling\":[\"x\"]}",
            "{\"until\":[\"x\"]}",
            "{\"label\":1}",
            "{\"label\":[1]}")) {
      ApiException refusal =
          refused(new RecordedExchange("GET", "/images/json").with("filters", bad));
      assertEquals(400, refusal.status(), bad);
    }
    ApiException missing =
        refused(
            new RecordedExchange("GET", "/images/json").with("filters", "{\"since\":[\"nope\"]}"));
    assertEquals(404, missing.status());
  }

  private int listed(String filters) throws Exception {
    return new RecordedExchange("GET", "/images/json")
        .with("filters", filters)
        .send(routes)
        .answerJson()
        .size();
  }

  @Test
  void aBadArchiveLeavesNothingButAReceipt() throws Exception {
    byte[] good = TarBuilder.dockerArchive("a:1", LAYER);
    byte[] wrongLayer =
        TarBuilder.dockerArchive("a:1", LAYER, new TarBuilder().file("../x", "1").bytes());
    byte[] noManifest = new TarBuilder().file("x", "1").bytes();
    byte[] badJson = new TarBuilder().file("manifest.json", "{").bytes();
    byte[] escaping =
        new TarBuilder()
            .file("manifest.json", "[{\"Config\":\"/etc/passwd\",\"Layers\":[]}]")
            .bytes();
    byte[] truncated = java.util.Arrays.copyOf(good, good.length / 2);
    for (byte[] bad : List.of(wrongLayer, noManifest, badJson, escaping, truncated)) {
      RecordedExchange exchange = new RecordedExchange("POST", "/images/load").body(bad);
      exchange.send(routes);
      assertTrue(exchange.messages().getLast().has("error"), exchange.text());
      assertTrue(fixture.receipts.steps().getLast().outcome() instanceof Outcome.Failed);
    }
    assertEquals(5, fixture.receipts.steps().size());
    assertEquals(List.of(), files("tmp"));
    assertEquals(List.of(), files("layers"));
    assertEquals(List.of(), files("records"));
    assertEquals(1, files("blobs").size());
    assertEquals(List.of(), fixture.events);
  }

  @Test
  void anArchiveCannotClaimADigest() throws Exception {
    String digest = "sha256:" + "1".repeat(64);
    RecordedExchange named = archiveNamed("a@" + digest).send(routes);
    assertTrue(named.messages().getLast().has("error"), named.text());
    load(TarBuilder.dockerArchive("a:1", LAYER));
    fixture.store.tag(ImageReference.parse("a@" + digest), fixture.store.find("a:1"));
    byte[] saved = get("/images/a@" + digest + "/get").answer();
    assertFalse(
        new String(saved, StandardCharsets.ISO_8859_1).contains("\"a@sha256"),
        "a name in RepoTags");
  }

  private static RecordedExchange archiveNamed(String name) {
    return new RecordedExchange("POST", "/images/load").body(TarBuilder.dockerArchive(name, LAYER));
  }

  @Test
  void withoutRoomForAReceiptNothingHappens() throws Exception {
    load(TarBuilder.dockerArchive("a:1", LAYER));
    int events = fixture.events.size();
    fixture.receipts.fill();
    assertEquals(500, refused(new RecordedExchange("DELETE", "/images/a:1")).status());
    assertEquals(
        500, refused(new RecordedExchange("POST", "/images/a:1/tag").with("repo", "b")).status());
    assertEquals(
        500,
        refused(
                new RecordedExchange("POST", "/images/load")
                    .body(TarBuilder.dockerArchive("b:1", LAYER)))
            .status());
    assertEquals(1, get("/images/json").answerJson().size());
    assertEquals(List.of("a:1"), fixture.store.resolve("a:1").references());
    assertEquals(events, fixture.events.size());
  }

  @Test
  void reopeningFindsEverythingAgain() throws Exception {
    load(TarBuilder.dockerArchive("a:1", LAYER));
    String id = fixture.store.find("a:1").toString();
    Files.writeString(directory.resolve("images/references.json.tmp"), "half");
    Files.writeString(directory.resolve("images/tmp/blob-9"), "half");
    ImageFixture again = new ImageFixture(directory);
    assertEquals(id, again.store.find("a:1").toString());
    assertEquals(id, again.store.find(id.substring(7, 15)).toString());
    assertEquals(List.of(), files("tmp"));
    assertEquals(0, again.store.collect().layers().size());
    assertEquals(400, assertThrows(ApiException.class, () -> again.store.find("A")).status());
    String other = id.charAt(7) == '0' ? "1" : "0";
    assertEquals(404, assertThrows(ApiException.class, () -> again.store.find(other)).status());
  }

  @Test
  void prunesWhatNothingNeeds() throws Exception {
    load(TarBuilder.dockerArchive("a:1", LAYER));
    load(TarBuilder.dockerArchive("a:1", new TarBuilder().file("g", "1234567").bytes()));
    JsonNode pruned = new RecordedExchange("POST", "/images/prune").send(routes).answerJson();
    assertEquals(5, pruned.path("SpaceReclaimed").intValue());
    JsonNode none = new RecordedExchange("POST", "/images/prune").send(routes).answerJson();
    assertTrue(none.path("ImagesDeleted").isNull());
    JsonNode all =
        new RecordedExchange("POST", "/images/prune")
            .with("filters", "{\"dangling\":{\"false\":true}}")
            .send(routes)
            .answerJson();
    assertEquals("a:1", all.path("ImagesDeleted").get(0).path("Untagged").stringValue());
    assertEquals(7, all.path("SpaceReclaimed").intValue());
    assertFalse(get("/images/json").text().contains("Id"));
    assertEquals(1, files("blobs").size());
  }

  @Test
  void aPullThatCannotBeginLeavesItsReceipt() {
    ApiException unreachable =
        refused(
            new RecordedExchange("POST", "/images/create")
                .with("fromImage", "localhost:1/busybox")
                .with("tag", "latest"));
    assertEquals(500, unreachable.status());
    assertEquals("image.pull", fixture.receipts.steps().getLast().operation());
    for (RecordedExchange malformed :
        List.of(
            new RecordedExchange("POST", "/images/create").with("fromImage", "a b"),
            new RecordedExchange("POST", "/images/create")
                .with("fromImage", "localhost:1/b")
                .with("platform", "a/b/c/d"))) {
      assertEquals(400, refused(malformed).status());
    }
  }

  @Test
  void importsWithADifferentPlatform() throws Exception {
    RecordedExchange imported =
        new RecordedExchange("POST", "/images/create")
            .with("fromSrc", "-")
            .with("repo", "x")
            .with("platform", "linux/arm64")
            .with("changes", "ENV A=1", "CMD sh")
            .body(TarBuilder.gzip(LAYER))
            .send(routes);
    String id = imported.messages().getLast().path("status").stringValue();
    assertEquals(id, fixture.store.find("x").toString());
    assertEquals("arm64", fixture.store.resolve("x").architecture());
    assertEquals(List.of("A=1"), fixture.store.resolve("x").config().environment());
    ApiException refusal =
        refused(
            new RecordedExchange("POST", "/images/create")
                .with("fromSrc", "-")
                .with("changes", "RUN x")
                .body("x".getBytes(StandardCharsets.UTF_8)));
    assertEquals("run is not a valid change command", refusal.getMessage());
  }
}
