package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.image.Commands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An engine in a process of its own, which can be killed; the next one goes on where it was. */
final class VictimEngine {

  private Process process;
  private Path directory;

  /** With the image {@code bb}. */
  VictimEngine() throws Exception {
    process = launch();
    directory = told(process);
    DockLockFixture image = new DockLockFixture();
    try {
      Path tar = image.directory().resolve("bb.tar");
      image.importBusybox();
      image.docker("save", "-o", tar.toString(), "bb");
      must("load", "-i", tar.toString());
    } finally {
      image.close();
    }
  }

  /** What its process runs. */
  public static void main(String[] arguments) throws Exception {
    DockLockFixture fixture =
        arguments.length == 0 ? new DockLockFixture() : DockLockFixture.at(Path.of(arguments[0]));
    System.out.println(fixture.directory());
    System.out.flush();
    int _ = System.in.read();
    fixture.close();
  }

  private static Process launch(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                VictimEngine.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static Path told(Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return Path.of(String.valueOf(lines.readLine()));
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** The next engine, once this one is dead. */
  void startAgain() throws IOException {
    process = launch(directory.toString());
    directory = told(process);
  }

  Commands.Output docker(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("docker", "-H", "unix://" + directory.resolve("d.sock")));
    command.addAll(List.of(arguments));
    return Commands.run(command.toArray(String[]::new));
  }

  String must(String... arguments) throws Exception {
    Commands.Output output = docker(arguments);
    assertEquals(0, output.exit(), output.text());
    return output.text().strip();
  }

  /** Removes all that was made, and ends. */
  void end() throws Exception {
    for (String id : docker("ps", "-aq").text().lines().toList()) {
      docker("rm", "-f", id);
    }
    docker("network", "prune", "-f");
    process.getOutputStream().close();
    boolean ended = process.waitFor(30, TimeUnit.SECONDS);
    kill();
    assertTrue(ended, "the engine does not end");
    assertFalse(Files.exists(directory), "its files stay");
  }
}
