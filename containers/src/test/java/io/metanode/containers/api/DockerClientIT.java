package io.metanode.containers.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.containers.RegistrySettings;
import io.metanode.containers.event.Event;
import io.metanode.containers.event.EventBus;
import io.metanode.containers.http.ApiVersion;
import io.metanode.containers.http.HttpServer;
import io.metanode.containers.http.Json;
import io.metanode.containers.http.RouteTable;
import io.metanode.containers.http.TestClient;
import io.metanode.foundation.SystemClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The system and event endpoints, asked by the real client. */
@Timeout(60)
final class DockerClientIT {

  @TempDir Path directory;
  private final EventBus events = new EventBus();
  private Path socket;
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    socket = directory.resolve("docker.sock");
    RouteTable routes = new RouteTable();
    SystemProfile profile =
        new SystemProfile(
            "node-1",
            "9.8.7",
            "2026-01-02T03:04:05Z",
            directory,
            Path.of("/usr/sbin/runc"),
            1,
            RegistrySettings.DEFAULT);
    new SystemEndpoints(profile, new FixedState(), SystemClock.INSTANCE).register(routes);
    new EventEndpoints(events, SystemClock.INSTANCE).register(routes);
    server = new HttpServer(routes, "9.8.7", SystemClock.INSTANCE);
    server.listen(socket, "rw-------", Optional.empty());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static final class FixedState implements SystemState {
    @Override
    public Counts counts() {
      return new Counts(1, 2, 3, 4);
    }

    @Override
    public List<String> warnings() {
      return List.of("WARNING: it rains");
    }

    @Override
    public DiskUsage diskUsage(ApiVersion version) {
      return new DiskUsage(
          7,
          Json.MAPPER.createArrayNode(),
          Json.MAPPER.createArrayNode(),
          Json.MAPPER.createArrayNode());
    }
  }

  private Process start(String... arguments) throws IOException {
    Optional<Path> docker =
        Stream.of("/usr/local/bin/docker", "/usr/bin/docker")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(docker.isPresent(), "skipped: the docker client is not installed");
    List<String> command = new ArrayList<>(List.of(docker.orElseThrow().toString()));
    command.addAll(List.of("-H", "unix://" + socket));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("DOCKER_CONFIG", directory.resolve("config").toString());
    return builder.start();
  }

  private String docker(String... arguments) throws Exception {
    Process process = start(arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  @Test
  void versionNamesTheEngine() throws Exception {
    String output = docker("version");
    assertTrue(output.contains("Server: Metanode DockLock 9.8.7"), output);
    assertTrue(
        output.lines().anyMatch(line -> line.matches(" +Version: +28\\.0\\.0\\+metanode")), output);
    assertTrue(output.contains("1.48 (minimum version 1.24)"), output);
    assertTrue(output.contains("runc:"), output);
  }

  @Test
  void infoShowsCountsHostAndWarnings() throws Exception {
    String output = docker("info");
    assertTrue(output.contains("Containers: 6"), output);
    assertTrue(output.contains("Server Version: 28.0.0+metanode\n"), output);
    assertTrue(output.contains("Kernel Version: " + HostFacts.kernelVersion()), output);
    assertTrue(output.contains("Cgroup Driver: cgroupfs"), output);
    assertTrue(output.contains("WARNING: it rains"), output);
  }

  @Test
  void diskUsageIsListed() throws Exception {
    assertTrue(docker("system", "df").contains("Local Volumes"));
  }

  @Test
  void pingTellsTheBuilderAndNegotiates() throws Exception {
    try (TestClient client = new TestClient(socket)) {
      TestClient.Answer ping = client.get("/_ping");
      assertEquals("OK", ping.text());
      assertEquals(Optional.of("2"), ping.header("Builder-Version"));
      assertEquals(Optional.of("1.48"), ping.header("Api-Version"));
      assertEquals(200, client.request("HEAD", "/v1.44/_ping", "").status());
    }
  }

  private void publish(String action, Instant time) {
    events.publish(
        new Event(
            "container",
            action,
            "c".repeat(64),
            Map.of("image", "busybox:1", "name", "n", "l", "v"),
            time));
  }

  @Test
  void eventsAreReplayedUntilAndFiltered() throws Exception {
    Instant now = SystemClock.INSTANCE.now();
    publish("create", now.minusSeconds(10));
    publish("start", now.minusSeconds(5));
    publish("die", now.minusSeconds(1));
    String until = Long.toString(now.getEpochSecond() + 1);
    String output =
        docker(
            "events",
            "--since",
            "1h",
            "--until",
            until,
            "--filter",
            "event=start",
            "--filter",
            "label=l=v");
    assertEquals(1, output.lines().count(), output);
    assertTrue(output.contains("container start " + "c".repeat(64)), output);
    assertTrue(output.contains("image=busybox:1"), output);
  }

  @Test
  void eventsArriveAsTheyHappen() throws Exception {
    Process process = start("events", "--format", "{{json .}}", "--since", "0");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      publish("start", Instant.ofEpochSecond(1_767_323_045, 123_456_789));
      JsonNode event = Json.MAPPER.readTree(lines.readLine());
      assertEquals("start", event.path("status").asString());
      assertEquals(1_767_323_045_123_456_789L, event.path("timeNano").asLong());
      assertEquals("busybox:1", event.path("from").asString());
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void badFiltersAndTimesAreRefused() throws Exception {
    try (TestClient client = new TestClient(socket)) {
      assertEquals(400, client.get("/events?filters=%7B%22x%22%3A%5B%22y%22%5D%7D").status());
      assertEquals(400, client.get("/events?filters=%5B%5D").status());
      assertEquals(400, client.get("/events?since=yesterday").status());
      assertEquals(400, client.get("/events?since=2&until=1").status());
    }
  }
}
