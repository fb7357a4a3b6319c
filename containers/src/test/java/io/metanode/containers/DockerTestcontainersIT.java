package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * Testcontainers, unchanged, on the engine's socket; without its reaper, whose image is Docker's.
 */
@Timeout(180)
class DockerTestcontainersIT {

  private static final String SERVE =
      "mkdir -p /www && echo well >/www/index.html && echo serving && exec httpd -f -p 80 -h /www";

  private static DockLockFixture fixture;
  private static String home = "";

  /** The library reads where the engine is from a file in the user's home, once. */
  @BeforeAll
  static void open() throws Exception {
    fixture = new DockLockFixture();
    fixture.importBusybox();
    home = System.getProperty("user.home");
    Path own = Files.createDirectories(fixture.directory().resolve("tester"));
    Files.writeString(
        own.resolve(".testcontainers.properties"),
        "docker.host=unix://" + fixture.engine().dockerSocket() + "\n");
    System.setProperty("user.home", own.toString());
  }

  @AfterAll
  static void close() throws Exception {
    if (fixture != null) {
      System.setProperty("user.home", home);
      fixture.close();
    }
  }

  private static GenericContainer<?> busybox(String... command) {
    return new GenericContainer<>(DockerImageName.parse("bb:latest"))
        .withCommand(command)
        .withStartupTimeout(Duration.ofSeconds(60));
  }

  private static String get(GenericContainer<?> container) throws IOException {
    URI at = URI.create("http://" + container.getHost() + ":" + container.getMappedPort(80) + "/");
    try (var in = at.toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  @Test
  void waitsForALineOfTheLog() {
    try (GenericContainer<?> container =
        busybox("sh", "-c", "sleep 0.3; echo almost; echo ready to go; sleep 100")
            .waitingFor(Wait.forLogMessage(".*ready to go.*\\n", 1))) {
      container.start();
      assertTrue(container.getLogs().contains("almost"), container.getLogs());
      assertTrue(container.isRunning());
    }
  }

  @Test
  void waitsForAPort() throws Exception {
    try (GenericContainer<?> container =
        busybox("sh", "-c", "sleep 0.3; exec nc -ll -p 7000 -e echo hi")
            .withExposedPorts(7000)
            .waitingFor(Wait.forListeningPort())) {
      container.start();
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(container.getHost(), container.getMappedPort(7000)), 5000);
        assertEquals(
            "hi\n", new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void waitsForAnAnswerOverHttp() throws Exception {
    try (GenericContainer<?> container =
        busybox("sh", "-c", "sleep 0.3; " + SERVE)
            .withExposedPorts(80)
            .waitingFor(Wait.forHttp("/").forStatusCode(200))) {
      container.start();
      assertEquals("well", get(container));
    }
  }

  @Test
  void waitsForHealth() throws Exception {
    try (GenericContainer<?> container =
        busybox("sh", "-c", "sleep 0.5; touch /well; sleep 100")
            .withCreateContainerCmdModifier(
                command ->
                    command.withHealthcheck(
                        new com.github.dockerjava.api.model.HealthCheck()
                            .withTest(List.of("CMD", "test", "-e", "/well"))
                            .withInterval(200_000_000L)
                            .withRetries(100)))
            .waitingFor(Wait.forHealthcheck())) {
      container.start();
      assertTrue(container.isHealthy());
    }
  }

  @Test
  void aContainerThatEndsAtOnceIsALaunchFailure() {
    try (GenericContainer<?> container =
        busybox("sh", "-c", "exit 3")
            .withStartupTimeout(Duration.ofSeconds(5))
            .waitingFor(Wait.forLogMessage("never", 1))) {
      assertThrows(ContainerLaunchException.class, container::start);
    }
  }

  @Test
  void containersOnANetworkCallEachOtherByAlias() throws Exception {
    try (Network network = Network.newNetwork();
        GenericContainer<?> server =
            busybox("sh", "-c", SERVE)
                .withNetwork(network)
                .withNetworkAliases("site", "mirror")
                .waitingFor(Wait.forLogMessage("serving\\n", 1));
        GenericContainer<?> client = busybox("sleep", "100").withNetwork(network)) {
      server.start();
      client.start();
      for (String alias : List.of("site", "mirror")) {
        ExecResult seen = client.execInContainer("wget", "-q", "-O", "-", "http://" + alias + "/");
        assertEquals("well\n", seen.getStdout(), seen.getStderr());
      }
    }
    assertEquals("", fixture.docker("network", "ls", "-q", "--filter", "dangling=true"));
  }

  @Test
  void execGivesBothStreamsAndTheExitCode() throws Exception {
    try (GenericContainer<?> container = busybox("sleep", "100").withEnv("WHO", "me")) {
      container.start();
      ExecResult result = container.execInContainer("sh", "-c", "echo $WHO; echo no >&2; exit 4");
      assertEquals("me\n", result.getStdout());
      assertEquals("no\n", result.getStderr());
      assertEquals(4, result.getExitCode());
    }
  }

  @Test
  void filesAreCopiedInAndOut() throws Exception {
    Path own = Files.writeString(fixture.directory().resolve("own.txt"), "of the host\n");
    try (GenericContainer<?> container =
        busybox("sleep", "100")
            .withCopyToContainer(Transferable.of("made up\n"), "/tmp/made.txt")
            .withCopyFileToContainer(MountableFile.forHostPath(own), "/etc/own.txt")) {
      container.start();
      assertEquals(
          "made up\nof the host\n",
          container.execInContainer("cat", "/tmp/made.txt", "/etc/own.txt").getStdout());
      container.copyFileToContainer(Transferable.of("later\n"), "/tmp/later.txt");
      assertEquals("later\n", container.execInContainer("cat", "/tmp/later.txt").getStdout());
      assertEquals(
          "later\n",
          container.copyFileFromContainer(
              "/tmp/later.txt", in -> new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    }
  }
}
