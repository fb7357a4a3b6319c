package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.image.Commands;
import io.metanode.testkit.Eventually;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that are cut off: by the end of the engine, and by that of the client. */
class BuildCrashIT {

  private static final String SLOW =
      "FROM bb\nRUN echo 1 > /one\nRUN echo waiting; sleep 1000\nRUN echo 2 > /two\n";

  @TempDir private Path context;

  private Process client(String socket, String... more) throws Exception {
    Files.writeString(context.resolve("Dockerfile"), SLOW);
    List<String> command =
        new java.util.ArrayList<>(
            List.of("env", "DOCKER_BUILDKIT=0", "docker", "-H", socket, "build", "-t", "cut"));
    command.addAll(List.of(more));
    command.add(context.toString());
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String awaitLine(Process process, String wanted) throws Exception {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder seen = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains(wanted)) {
        return line;
      }
      seen.append(line).append('\n');
    }
    throw new AssertionError("no \"" + wanted + "\" in:\n" + seen);
  }

  /** The file systems of containers. */
  private static List<Path> snapshots(Path home) throws Exception {
    try (Stream<Path> children = Files.list(home.resolve("snapshots"))) {
      return children.filter(child -> !child.getFileName().toString().startsWith(".")).toList();
    }
  }

  private static List<Path> builds(Path home) throws Exception {
    try (Stream<Path> left = Files.list(home.resolve("builds"))) {
      return left.toList();
    }
  }

  @Test
  void theEngineKilledAmidABuildLeavesNoContainerAndNoHalfImage() throws Exception {
    new DockLockFixture().close(); // skips where the host lacks what this needs
    Path directory = Files.createTempDirectory("mn-");
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                DockLockMain.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Process client;
    try {
      String socket = awaitLine(victim, "DOCKER_HOST").replaceFirst(".*DOCKER_HOST=", "");
      client = client(socket);
      awaitLine(client, "Step 3/4");
      awaitLine(client, "waiting");
      assertEquals(1, builds(directory.resolve("home")).size());
    } finally {
      victim.destroyForcibly();
      assertTrue(victim.waitFor(30, TimeUnit.SECONDS));
    }
    assertTrue(client.waitFor(30, TimeUnit.SECONDS));
    assertTrue(client.exitValue() != 0);
    DockLockFixture fixture = DockLockFixture.at(directory);
    try {
      assertEquals("", fixture.docker("ps", "-aq"));
      assertEquals("bb", fixture.docker("images", "-a", "--format", "{{.Repository}}"));
      assertEquals(List.of(), builds(directory.resolve("home")));
      Eventually.equal(
          "the builds' file systems", List.of(), () -> snapshots(directory.resolve("home")));
      String processes = Commands.check("ps", "-eo", "args");
      assertTrue(processes.lines().noneMatch(line -> line.equals("sleep 1000")), processes);
      Files.writeString(context.resolve("Dockerfile"), "FROM bb\nRUN echo 1 > /one\n");
      List<String> command = fixture.command("build", "-t", "whole", context.toString());
      command.add(1, "DOCKER_BUILDKIT=0");
      Commands.check(command.toArray(String[]::new));
      assertEquals("1", fixture.docker("run", "--rm", "whole", "cat", "/one"));
    } finally {
      fixture.close();
    }
  }

  @Test
  void aClientThatGoesAwayEndsItsBuild() throws Exception {
    DockLockFixture fixture = new DockLockFixture();
    try {
      fixture.importBusybox();
      Process client = client("unix://" + fixture.engine().dockerSocket());
      awaitLine(client, "waiting");
      client.destroyForcibly();
      assertTrue(client.waitFor(30, TimeUnit.SECONDS));
      Path home = fixture.directory().resolve("home");
      Eventually.equal("the builds' files", List.of(), () -> builds(home));
      assertEquals("", fixture.docker("ps", "-aq"));
      assertEquals("", fixture.docker("images", "-q", "cut"));
      // What was built before it was given up is found again.
      Process again = client("unix://" + fixture.engine().dockerSocket());
      awaitLine(again, "Using cache");
      again.destroyForcibly();
      assertTrue(again.waitFor(30, TimeUnit.SECONDS));
      Eventually.equal("the builds' files", List.of(), () -> builds(home));
    } finally {
      fixture.close();
    }
  }
}
