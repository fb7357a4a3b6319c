package io.metanode.containers.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.containers.DockLockFixture;
import io.metanode.containers.RegistrySettings;
import io.metanode.containers.http.Json;
import io.metanode.containers.image.Commands;
import io.metanode.receipts.LogReader;
import io.metanode.receipts.Step;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The real docker client, a whole engine, and Debian's registry. */
final class DebianRegistryIT {

  /** {@code -Dregistry.megabytes=300} makes the large image that large. */
  private static final int MEGABYTES = Integer.getInteger("registry.megabytes", 40);

  @TempDir private Path directory;
  private DockLockFixture docker;
  private final Path certificates = Path.of("certificates");

  @BeforeEach
  void open() throws Exception {
    docker =
        new DockLockFixture(
            new RegistrySettings(List.of(), List.of(), directory.resolve(certificates), 3, 5));
    docker.importBusybox();
  }

  @AfterEach
  void close() throws Exception {
    if (docker != null) {
      docker.close();
    }
  }

  private String refused(String... arguments) throws Exception {
    Commands.Output output = docker.attempt(arguments);
    assertNotEquals(0, output.exit(), output.text());
    return output.text();
  }

  private String digest(String pushed) {
    return pushed.replaceAll("(?s).* digest: (sha256:[0-9a-f]{64}) size: .*", "$1");
  }

  private List<Step> receipts() throws IOException {
    LogReader log = LogReader.open(docker.directory().resolve("receipts"));
    List<Step> steps = new ArrayList<>();
    for (long i = 0; i < log.size(); i++) {
      steps.add(log.receipt(i).step());
    }
    return steps;
  }

  private Step last(String operation) throws IOException {
    return receipts().stream()
        .filter(step -> step.operation().equals(operation))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  @Test
  void whatIsPushedIsPulledByTagDigestAndAllTags() throws Exception {
    try (DebianRegistry registry = DebianRegistry.open(directory.resolve("r"))) {
      String name = registry.authority() + "/team/bb";
      String id = docker.docker("images", "-q", "--no-trunc", "bb");
      docker.docker("tag", "bb", name + ":1");
      docker.docker("tag", "bb", name + ":2");
      String pushed = docker.docker("push", name + ":1");
      assertTrue(pushed.contains(": Pushed"), pushed);
      String digest = digest(pushed);
      assertTrue(docker.docker("push", "-a", name).contains("Layer already exists"));
      assertEquals(digest, last("image.push").subjects().get(1).digest().toString());
      docker.docker("tag", "bb", registry.authority() + "/other:1");
      String mounted = docker.docker("push", registry.authority() + "/other:1");
      assertTrue(mounted.contains("Mounted from team/bb"), mounted);

      docker.docker("rmi", "-f", id);
      String pulled = docker.docker("pull", name + ":1");
      assertTrue(pulled.contains("1: Pulling from team/bb"), pulled);
      assertTrue(pulled.contains(": Pull complete"), pulled);
      assertTrue(pulled.contains("Digest: " + digest), pulled);
      assertTrue(pulled.contains("Status: Downloaded newer image for " + name + ":1"), pulled);
      assertEquals(id, docker.docker("images", "-q", "--no-trunc", name));
      assertTrue(
          docker.docker("pull", name + ":1").contains("Status: Image is up to date for " + name));
      assertEquals(
          name + " 1 " + digest,
          docker.docker("images", "--digests", "--format", "{{.Repository}} {{.Tag}} {{.Digest}}"));
      assertEquals(
          "[" + name + "@" + digest + "]",
          docker.docker("inspect", "-f", "{{.RepoDigests}}", name + ":1"));
      assertEquals(
          List.of(id, digest),
          last("image.pull").subjects().stream().map(s -> s.digest().toString()).toList());

      docker.docker("rmi", name + ":1");
      assertEquals("", docker.docker("images", "-q"));
      docker.docker("pull", name + "@" + digest);
      assertEquals(id, docker.docker("inspect", "-f", "{{.Id}}", name + "@" + digest));
      docker.docker("rmi", name + "@" + digest);
      docker.docker("pull", "-a", name);
      assertEquals(2, docker.docker("images", "--format", "{{.Tag}}", name).lines().count());
      assertEquals(
          "hi", docker.docker("run", "--rm", "--network", "none", name + ":2", "echo", "hi"));
    }
  }

  @Test
  void runPullsWhatIsAbsentAndPullSaysWhatIsNot() throws Exception {
    try (DebianRegistry registry = DebianRegistry.open(directory.resolve("r"))) {
      String name = registry.authority() + "/bb:1";
      docker.docker("tag", "bb", name);
      docker.docker("push", name);
      docker.docker("rmi", "-f", name, "bb");
      Commands.Output run =
          docker.attempt("run", "--rm", "--network", "none", name, "echo", "hello");
      assertEquals(0, run.exit(), run.text());
      assertTrue(run.text().contains("Unable to find image '" + name + "' locally"), run.text());
      assertTrue(run.text().contains("hello"), run.text());
      String missing = refused("pull", registry.authority() + "/bb:2");
      assertTrue(
          missing.contains(
              "manifest for " + registry.authority() + "/bb:2 not found: manifest unknown"),
          missing);
      String nothing = refused("push", registry.authority() + "/nothing:1");
      assertTrue(nothing.contains("An image does not exist locally with the tag"), nothing);
      assertTrue(refused("search", "x").contains("not part of the protocol"));
    }
  }

  @Test
  void aUserIsAskedFor() throws Exception {
    try (DebianRegistry registry = DebianRegistry.withUser(directory.resolve("r"))) {
      String name = registry.authority() + "/private/bb:1";
      docker.docker("tag", "bb", name);
      assertTrue(refused("push", name).contains("no basic auth credentials"));
      assertTrue(refused("pull", name).contains("no basic auth credentials"));
      String wrong = refused("login", "-u", "ada", "-p", "wrong", registry.authority());
      assertTrue(wrong.contains("unauthorized: authentication required"), wrong);
      assertTrue(login(registry).contains("Login Succeeded"));
      String digest = digest(docker.docker("push", name));
      docker.docker("rmi", "-f", name, "bb");
      assertTrue(docker.docker("pull", name).contains(digest));
      docker.docker("logout", registry.authority());
      docker.docker("rmi", name);
      refused("pull", name);
      List<String> logins =
          receipts().stream()
              .filter(step -> step.operation().equals("registry.login"))
              .map(step -> step.outcome().getClass().getSimpleName())
              .toList();
      assertEquals(List.of("Failed", "Done"), logins);
    }
  }

  private String login(DebianRegistry registry) throws Exception {
    return docker.docker(
        "login", "-u", DebianRegistry.USER, "-p", DebianRegistry.PASSWORD, registry.authority());
  }

  @Test
  void certificatesAreChecked() throws Exception {
    String host = address().orElse("");
    assumeTrue(!host.isEmpty(), "this host has no address but loopback");
    Path data = directory.resolve("r");
    try (DebianRegistry registry = DebianRegistry.withTls(data, host)) {
      String name = registry.authority() + "/bb:1";
      docker.docker("tag", "bb", name);
      String distrusted = refused("push", name);
      assertTrue(distrusted.contains("certification path"), distrusted);
      Path own =
          Files.createDirectories(directory.resolve(certificates).resolve(registry.authority()));
      Files.copy(DebianRegistry.certificate(data), own.resolve("ca.crt"));
      docker.docker("push", name);
      docker.docker("rmi", "-f", name, "bb");
      docker.docker("pull", name);
      DockLockFixture insecure =
          new DockLockFixture(
              new RegistrySettings(List.of(host + "/32"), List.of(), directory, 3, 5));
      try {
        insecure.docker("pull", name);
      } finally {
        insecure.close();
      }
    }
  }

  private static Optional<String> address() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .map(InetAddress::getHostAddress)
        .findFirst();
  }

  @Test
  void anIndexIsPulledForItsPlatform() throws Exception {
    try (DebianRegistry registry = DebianRegistry.open(directory.resolve("r"))) {
      String name = registry.authority() + "/multi";
      Path root = Files.createDirectories(directory.resolve("root"));
      Files.writeString(root.resolve("arm"), "x");
      Path tar = directory.resolve("arm.tar");
      Commands.check("tar", "-C", root.toString(), "-cf", tar.toString(), ".");
      docker.docker("import", "--platform", "linux/arm64", tar.toString(), name + ":arm64");
      docker.docker("tag", "bb", name + ":amd64");
      docker.docker("push", "-a", name);
      putIndex(registry, "multi", List.of("amd64", "arm64"));
      docker.docker("rmi", "-f", name + ":amd64", name + ":arm64", "bb");

      docker.docker("pull", name + ":all");
      assertEquals("amd64", docker.docker("inspect", "-f", "{{.Architecture}}", name + ":all"));
      docker.docker("pull", "--platform", "linux/arm64", name + ":all");
      assertEquals("arm64", docker.docker("inspect", "-f", "{{.Architecture}}", name + ":all"));
      assertTrue(
          refused("pull", "--platform", "linux/s390x", name + ":all")
              .contains("no matching manifest for linux/s390x"));
      String shown = docker.docker("manifest", "inspect", "--insecure", name + ":all");
      assertTrue(shown.contains("\"architecture\": \"arm64\""), shown);
      JsonNode distribution =
          Json.MAPPER.readTree(
              Commands.check(
                  "curl",
                  "-s",
                  "--unix-socket",
                  docker.engine().dockerSocket().toString(),
                  "http://docker/v1.44/distribution/" + name + ":all/json"));
      assertEquals(2, distribution.path("Platforms").size(), distribution::toString);
    }
  }

  /** An index of images that are in the registry, under the tag {@code all}. */
  private static void putIndex(DebianRegistry registry, String repository, List<String> tags)
      throws Exception {
    String type = "application/vnd.oci.image.index.v1+json";
    String image = "application/vnd.oci.image.manifest.v1+json";
    URI base = URI.create("http://" + registry.authority() + "/v2/" + repository + "/manifests/");
    List<String> entries = new ArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String tag : tags) {
        HttpResponse<String> manifest =
            client.send(
                HttpRequest.newBuilder(base.resolve(tag)).header("Accept", image).build(),
                HttpResponse.BodyHandlers.ofString());
        entries.add(
            "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"platform\":{\"os\":\"linux\",\"architecture\":\"%s\"}}"
                .formatted(
                    image,
                    manifest.headers().firstValue("Docker-Content-Digest").orElseThrow(),
                    manifest.body().length(),
                    tag));
      }
      String index =
          "{\"schemaVersion\":2,\"mediaType\":\""
              + type
              + "\",\"manifests\":["
              + String.join(",", entries)
              + "]}";
      HttpResponse<String> put =
          client.send(
              HttpRequest.newBuilder(base.resolve("all"))
                  .header("Content-Type", type)
                  .PUT(HttpRequest.BodyPublishers.ofString(index))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(201, put.statusCode(), put.body());
    }
  }

  @Test
  void aLargeImageGoesAndComes() throws Exception {
    try (DebianRegistry registry = DebianRegistry.open(directory.resolve("r"))) {
      String name = registry.authority() + "/large:1";
      Path root = Files.createDirectories(directory.resolve("root"));
      Random random = new Random(11);
      byte[] megabyte = new byte[1 << 20];
      for (int file = 0; file < 4; file++) {
        try (OutputStream out = Files.newOutputStream(root.resolve("file" + file))) {
          for (int i = 0; i < MEGABYTES / 4; i++) {
            random.nextBytes(megabyte);
            out.write(megabyte);
          }
        }
      }
      Path tar = directory.resolve("large.tar.gz");
      Commands.check("tar", "-C", root.toString(), "-czf", tar.toString(), ".");
      String id = docker.docker("import", tar.toString(), name);
      docker.docker("push", name);
      docker.docker("rmi", name);
      docker.docker("pull", name);
      assertEquals(id, docker.docker("inspect", "-f", "{{.Id}}", name));
      String size = docker.docker("inspect", "-f", "{{.Size}}", name);
      assertEquals(4L * (MEGABYTES / 4) * (1 << 20), Long.parseLong(size));
      String upper = docker.docker("inspect", "-f", "{{.GraphDriver.Data.UpperDir}}", name);
      Commands.check("diff", "-r", root.toString(), upper);
    }
  }

  @Test
  void skopeoCopiesFromTheEngineAndToIt() throws Exception {
    assumeTrue(Commands.has("skopeo"), "no skopeo on this host");
    try (DebianRegistry registry = DebianRegistry.open(directory.resolve("r"))) {
      String engine = "unix://" + docker.engine().dockerSocket();
      String remote = "docker://" + registry.authority() + "/by/skopeo:1";
      docker.docker("tag", "bb", "local/bb:1");
      Commands.check(
          "skopeo",
          "--insecure-policy",
          "copy",
          "--src-daemon-host",
          engine,
          "--dest-tls-verify=false",
          "docker-daemon:local/bb:1",
          remote);
      String name = registry.authority() + "/by/skopeo:1";
      docker.docker("pull", name);
      assertEquals(
          docker.docker("inspect", "-f", "{{.Id}}", "bb"),
          docker.docker("inspect", "-f", "{{.Id}}", name));
      docker.docker("rmi", "-f", "bb", "local/bb:1", name);
      Commands.check(
          "skopeo",
          "--insecure-policy",
          "copy",
          "--dest-daemon-host",
          engine,
          "--src-tls-verify=false",
          remote,
          "docker-daemon:back/bb:1");
      assertEquals(
          "hi", docker.docker("run", "--rm", "--network", "none", "back/bb:1", "echo", "hi"));
    }
  }
}
