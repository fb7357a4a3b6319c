package io.metanode.cli.bench;

import io.metanode.cli.CommandException;
import io.metanode.cli.Program;
import io.metanode.cli.Waiting;
import io.metanode.cli.process.DockerClient;
import io.metanode.cli.process.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Our engine, as {@code ./metanode up} with a home of its own: receipts on and durable. */
final class DockLock implements Engine {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Program launcher;
  private final Path socket;
  private final Program docker;

  private DockLock(Process process, Program launcher, Path socket, Program docker) {
    this.process = process;
    this.launcher = launcher;
    this.socket = socket;
    this.docker = docker;
  }

  static DockLock start(Path directory) throws IOException {
    String path = System.getProperty("metanode.launcher");
    if (path == null) {
      throw new CommandException("start the bench by ./metanode");
    }
    Path home = Files.createDirectory(directory.resolve("metanode"));
    Path log = directory.resolve("metanode.log");
    Process process = Bench.isolated(path, "up").with("METANODE_HOME", home.toString()).start(log);
    Program launcher = Program.of(path).with("METANODE_HOME", home.toString());
    Path socket = home.resolve("docker.sock");
    Program docker = DockerClient.of(socket, directory.resolve("client"));
    DockLock engine = new DockLock(process, launcher, socket, docker);
    boolean ready =
        Waiting.until(
            () -> !process.isAlive() || docker.run("version").succeeded(),
            PATIENCE,
            "starting DockLock");
    if (!ready || !process.isAlive()) {
      engine.close();
      throw new CommandException("the node did not start:\n" + Files.readString(log));
    }
    return engine;
  }

  @Override
  public String name() {
    return "DockLock";
  }

  @Override
  public Program docker() {
    return docker;
  }

  @Override
  public Path socket() {
    return socket;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public String teardown() {
    return "the client hears of the end once the process has ended, the container is gone from the"
        + " API and the receipts are durable; unmounting, the network namespace, cgroups and files"
        + " follow at once in the background";
  }

  @Override
  public void close() {
    Finished down = launcher.run("down", "--stop-containers");
    if (!Waiting.until(() -> !process.isAlive(), PATIENCE, "stopping DockLock")) {
      process.destroyForcibly();
      throw new CommandException("the node had to be killed: " + down.output().strip());
    }
  }
}
