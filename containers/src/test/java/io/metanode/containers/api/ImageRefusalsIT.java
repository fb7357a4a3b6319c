package io.metanode.containers.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.metanode.containers.event.Event;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.Json;
import io.metanode.containers.http.RecordedExchange;
import io.metanode.containers.http.RouteTable;
import io.metanode.containers.image.ImageFixture;
import io.metanode.containers.image.StepImages;
import io.metanode.containers.image.TarBuilder;
import io.metanode.containers.sys.LinuxSyscalls;
import io.metanode.foundation.Digest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What Docker refuses of images and their names, and what it does not. */
class ImageRefusalsIT {

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
    load("a:1");
  }

  private void load(String name) throws Exception {
    byte[] archive = TarBuilder.dockerArchive(name, LAYER);
    new RecordedExchange("POST", "/images/load").body(archive).send(routes);
  }

  private void refused(String message, RecordedExchange exchange) {
    ApiException refusal = assertThrows(ApiException.class, () -> exchange.send(routes));
    assertEquals(400, refusal.status());
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
  }

  private static RecordedExchange importing(String source) {
    return new RecordedExchange("POST", "/images/create").with("fromSrc", source).body(LAYER);
  }

  @Test
  void namesAndPlatforms() {
    refused(
        "refusing to create an ambiguous tag using digest algorithm as name",
        new RecordedExchange("POST", "/images/a:1/tag").with("repo", "sha256").with("tag", "x"));
    refused("image name cannot be blank", new RecordedExchange("DELETE", "/images/ "));
    refused(
        "multiple platform parameters not supported",
        new RecordedExchange("GET", "/images/get")
            .with("names", "a:1")
            .with("platform", "{\"os\":\"linux\"}", "{\"os\":\"linux\"}"));
    refused("is an invalid OS component", importing("-").with("platform", "/"));
    refused("unknown operating system or architecture", importing("-").with("platform", "n64"));
    refused("operating system is not supported", importing("-").with("platform", "macos"));
    refused("operating system is not supported", importing("-").with("platform", "macos/arm64"));
  }

  /** A step of a build keeps it: the name goes, and nobody has to be told. */
  @Test
  void aNameOfAnImageThatOthersAreMadeFromGoes() throws Exception {
    Digest parent = fixture.store.find("a:1");
    var _ =
        new StepImages(fixture.store, new LinuxSyscalls(), fixture.clock)
            .add(
                new StepImages.Description(
                    Optional.of(parent),
                    Json.MAPPER.createObjectNode(),
                    "CMD",
                    "",
                    "",
                    "amd64",
                    Optional.empty()));
    JsonNode removed =
        new RecordedExchange("DELETE", "/images/a:1").with("force", "1").send(routes).answerJson();
    assertEquals("[{\"Untagged\":\"a:1\"}]", removed.toString());
    assertTrue(fixture.store.image(parent).isPresent());
    RecordedExchange byId = new RecordedExchange("DELETE", "/images/" + parent).with("force", "1");
    assertEquals(409, assertThrows(ApiException.class, () -> byId.send(routes)).status());
  }

  @Test
  void whatIsLoadedAgainIsWhatItWas() throws Exception {
    Digest image = fixture.store.find("a:1");
    fixture.store.describe(image, "statement".getBytes(StandardCharsets.UTF_8));
    fixture.store.settle();
    byte[] saved = new RecordedExchange("GET", "/images/a:1/get").send(routes).answer();
    new RecordedExchange("POST", "/images/load").body(saved).send(routes);
    assertEquals(
        "statement",
        new String(fixture.store.provenance(image).orElseThrow(), StandardCharsets.UTF_8));
  }

  @Test
  void importsWhatLiesAtAnAddress() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/root.tgz",
        exchange -> {
          byte[] archive = TarBuilder.gzip(LAYER);
          exchange.sendResponseHeaders(200, archive.length);
          exchange.getResponseBody().write(archive);
          exchange.close();
        });
    server.start();
    try {
      String place = "127.0.0.1:" + server.getAddress().getPort();
      List<JsonNode> messages =
          importing(place + "/root.tgz").with("repo", "x").send(routes).messages();
      assertEquals(
          "Downloading from http://" + place + "/root.tgz",
          messages.getFirst().path("status").stringValue());
      assertEquals(
          fixture.store.find("x").toString(), messages.getLast().path("status").stringValue());
      List<String> actions = fixture.events.stream().map(Event::action).toList();
      assertEquals(List.of("load", "tag", "import"), actions);
      assertEquals("image.import", fixture.receipts.steps().getLast().operation());
      ApiException missing =
          assertThrows(ApiException.class, () -> importing(place + "/none").send(routes));
      assertEquals(404, missing.status());
      assertTrue(missing.getMessage().startsWith("failed to GET http://"), missing.getMessage());
    } finally {
      server.stop(0);
    }
  }
}
