package io.metanode.containers.image.archive;

import io.metanode.containers.image.Commands;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A dockerd with a data directory and a socket of its own, stopped when closed. */
final class OwnDockerd implements AutoCloseable {

  private static final int TRIES = 300;
  private static final int TRY_MILLIS = 100;

  private final Process process;
  private final String host;

  private OwnDockerd(Process process, String host) {
    this.process = process;
    this.host = host;
  }

  /** Starts it; the test is skipped where it cannot run. */
  static OwnDockerd start(Path directory) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Path socket = directory.resolve("d.sock");
    Process process =
        new ProcessBuilder(
                "dockerd",
                "--data-root",
                directory.resolve("data").toString(),
                "--exec-root",
                directory.resolve("exec").toString(),
                "--pidfile",
                directory.resolve("pid").toString(),
                "-H",
                "unix://" + socket,
                "--bridge=none",
                "--iptables=false",
                "--storage-driver=vfs")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    OwnDockerd docker = new OwnDockerd(process, "unix://" + socket);
    for (int i = 0; i < TRIES && process.isAlive(); i++) {
      if (answers(socket)) {
        return docker;
      }
      process.waitFor(TRY_MILLIS, TimeUnit.MILLISECONDS);
    }
    String log = Files.readString(directory.resolve("log"));
    docker.close();
    Assumptions.abort("dockerd does not start here: " + log);
    return docker;
  }

  private static boolean answers(Path socket) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      return false;
    }
  }

  String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("docker", "-H", host));
    command.addAll(List.of(arguments));
    return Commands.check(command.toArray(String[]::new)).strip();
  }

  /** Builds with the classic builder, which needs no plugin. */
  void build(Path dockerfile, String tag) throws IOException, InterruptedException {
    Path context = Files.createDirectories(dockerfile.resolveSibling("context"));
    Files.copy(dockerfile, context.resolve("Dockerfile"));
    Commands.check(
        "env", "DOCKER_BUILDKIT=0", "docker", "-H", host, "build", "-t", tag, context.toString());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
