package io.metanode.containers.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.containers.http.HttpServer;
import io.metanode.containers.http.Json;
import io.metanode.containers.http.RouteTable;
import io.metanode.containers.image.Commands;
import io.metanode.containers.image.Commands.Output;
import io.metanode.containers.image.ImageFixture;
import io.metanode.containers.image.ImageUsers.ImageUser;
import io.metanode.containers.volume.LocalVolumes;
import io.metanode.containers.volume.Volumes;
import io.metanode.foundation.Digest;
import io.metanode.foundation.SystemRandomness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The real {@code docker} client against the image and volume endpoints. */
class DockerClientImagesIT {

  @TempDir private Path directory;
  private ImageFixture fixture;
  private HttpServer server;
  private String socket;
  private final Map<String, List<String>> volumeUsers = new HashMap<>();

  @BeforeEach
  void serve() throws Exception {
    assumeTrue(Commands.has("docker"), "no docker client on this host");
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    fixture = new ImageFixture(directory.resolve("home"));
    RouteTable routes = new RouteTable();
    routes.route(
        "HEAD",
        "/_ping",
        exchange -> {
          exchange.responseHeader("Api-Version", "1.48");
          exchange.send(200);
        });
    new ImageEndpoints(fixture.images, fixture.clock).register(routes);
    new ImageEndpointsArchives(
            fixture.images, fixture.save(), fixture.registry(), fixture.files(), "amd64")
        .register(routes);
    LocalVolumes local = LocalVolumes.open(fixture.home, fixture.syscalls, fixture.clock);
    new VolumeEndpoints(
            new Volumes(
                local,
                name -> volumeUsers.getOrDefault(name, List.of()),
                fixture.operations,
                fixture.bus,
                fixture.syscalls,
                fixture.clock,
                new SystemRandomness()))
        .register(routes);
    server = new HttpServer(routes, "test", fixture.clock);
    Path path = directory.resolve("d.sock");
    server.listen(path, "rw-------", Optional.empty());
    socket = "unix://" + path;
  }

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  private String[] command(String... arguments) {
    List<String> command = new ArrayList<>(List.of("docker", "-H", socket));
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }

  private String docker(String... arguments) throws Exception {
    return Commands.check(command(arguments)).strip();
  }

  private String refused(String... arguments) throws Exception {
    Output output = Commands.run(command(arguments));
    assertNotEquals(0, output.exit(), output.text());
    return output.text().strip();
  }

  private String importRoot(String name, String... changes) throws Exception {
    Path root = Files.createDirectories(directory.resolve("root/bin"));
    Files.writeString(root.resolve("hello"), "hello " + name);
    Path tar = directory.resolve("root.tar");
    Commands.check("tar", "-C", directory.resolve("root").toString(), "-cf", tar.toString(), ".");
    List<String> arguments = new ArrayList<>(List.of("import", "-m", "made here"));
    for (String change : changes) {
      arguments.addAll(List.of("-c", change));
    }
    arguments.addAll(List.of(tar.toString(), name));
    return docker(arguments.toArray(String[]::new));
  }

  @Test
  void importsListsAndInspects() throws Exception {
    String id = importRoot("a/b:1", "CMD [\"/bin/hello\"]", "ENV X=1 Y=\"two words\"", "EXPOSE 80");
    assertTrue(id.startsWith("sha256:"), id);
    assertEquals("a/b 1", docker("images", "--format", "{{.Repository}} {{.Tag}}"));
    JsonNode image = Json.MAPPER.readTree(docker("inspect", "--type", "image", "a/b:1")).get(0);
    assertEquals(id, image.path("Id").stringValue());
    assertEquals("made here", image.path("Comment").stringValue());
    assertEquals("[\"/bin/hello\"]", image.path("Config").path("Cmd").toString());
    assertEquals("[\"X=1\",\"Y=two words\"]", image.path("Config").path("Env").toString());
    assertEquals("{\"80/tcp\":{}}", image.path("Config").path("ExposedPorts").toString());
    assertEquals("amd64", image.path("Architecture").stringValue());
    assertEquals(1, image.path("RootFS").path("Layers").size());
    assertTrue(docker("history", "--no-trunc", "a/b:1").contains("made here"));
    assertEquals("image.import", fixture.receipts.steps().getLast().operation());
  }

  @Test
  void savesAndLoadsToTheSameBytes() throws Exception {
    String id = importRoot("keep:1");
    Path archive = directory.resolve("saved.tar");
    docker("save", "-o", archive.toString(), "keep:1");
    assertTrue(docker("rmi", "keep:1").contains("Deleted: " + id));
    assertEquals("", docker("images", "-q"));
    assertEquals("Loaded image: keep:1", docker("load", "-q", "-i", archive.toString()));
    Path again = directory.resolve("again.tar");
    docker("save", "-o", again.toString(), "keep:1");
    assertEquals(-1, Files.mismatch(archive, again));
    assertTrue(docker("images", "-q", "--no-trunc").contains(id));
  }

  @Test
  void renamesAnImageWhoseNameIsTaken() throws Exception {
    String first = importRoot("n:1");
    Path archive = directory.resolve("first.tar");
    docker("save", "-o", archive.toString(), "n:1");
    importRoot("n:1", "LABEL other=1");
    String said = docker("load", "-i", archive.toString());
    assertTrue(said.contains("The image n:1 already exists, renaming the old one"), said);
    assertEquals(first, docker("inspect", "--type", "image", "-f", "{{.Id}}", "n:1"));
    assertEquals(1, docker("images", "-q", "-f", "dangling=true").lines().count());
    assertTrue(docker("image", "prune", "-f").contains("Total reclaimed space"));
    assertEquals("", docker("images", "-q", "-f", "dangling=true"));
  }

  @Test
  void tagsUntagsAndRefusesWhatIsInUse() throws Exception {
    String id = importRoot("x:1");
    docker("tag", "x:1", "localhost:5000/y/z:2");
    assertEquals("Untagged: x:1", docker("rmi", "x:1"));
    String container = "c".repeat(64);
    fixture.users.put(
        Digest.parse(id).orElseThrow(), List.of(new ImageUser(container, false, true)));
    String shortId = id.substring(7, 19);
    assertEquals(
        "Error response from daemon: conflict: unable to remove repository reference"
            + " \"localhost:5000/y/z:2\" (must force) - container cccccccccccc is using its"
            + " referenced image "
            + shortId,
        refused("rmi", "localhost:5000/y/z:2"));
    assertEquals(
        "Error response from daemon: conflict: unable to delete "
            + shortId
            + " (must be forced) - image is being used by stopped container cccccccccccc",
        refused("rmi", shortId));
    fixture.users.put(
        Digest.parse(id).orElseThrow(), List.of(new ImageUser(container, true, true)));
    assertEquals(
        "Error response from daemon: conflict: unable to delete "
            + shortId
            + " (cannot be forced) - image is being used by running container cccccccccccc",
        refused("rmi", "-f", shortId));
    fixture.users.clear();
    assertTrue(docker("rmi", "-f", shortId).contains("Deleted: " + id));
    assertEquals(
        "No such image: " + "nope:latest",
        refused("rmi", "nope").replace("Error response from daemon: ", ""));
  }

  @Test
  void saysWhyItCannotPullOrLoad() throws Exception {
    String said = refused("pull", "localhost:1/busybox");
    assertTrue(said.contains("http://localhost:1/v2/busybox/manifests/latest"), said);
    String notTar = refused("load", "-i", "/etc/passwd");
    assertTrue(notTar.contains("archive"), notTar);
  }

  @Test
  void managesVolumes() throws Exception {
    assertEquals("data", docker("volume", "create", "--label", "a=b", "data"));
    String anonymous = docker("volume", "create");
    assertEquals(64, anonymous.length());
    assertEquals("data", docker("volume", "ls", "-q", "-f", "label=a=b"));
    assertTrue(docker("volume", "inspect", "data").contains("/volumes/data/_data"));
    volumeUsers.put("data", List.of("abc"));
    assertEquals(
        "Error response from daemon: remove data: volume is in use - [abc]",
        refused("volume", "rm", "data"));
    volumeUsers.clear();
    assertTrue(docker("volume", "prune", "-f").contains(anonymous));
    assertEquals("data", docker("volume", "ls", "-q"));
    docker("volume", "rm", "data");
    assertEquals(
        "Error response from daemon: get data: no such volume",
        refused("volume", "inspect", "data").lines().toList().getLast());
    assertTrue(refused("volume", "create", "a/b").contains("includes invalid characters"));
  }
}
