package io.metanode.cli.bench;

import io.metanode.cli.CommandException;
import io.metanode.cli.Program;
import io.metanode.cli.Waiting;
import io.metanode.cli.process.DockerClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Debian's dockerd with a data directory, sockets and bridge of its own. */
final class Dockerd implements Engine {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path socket;
  private final Program docker;
  private final ControlGroups groups;

  private Dockerd(Process process, Path socket, Program docker, ControlGroups groups) {
    this.process = process;
    this.socket = socket;
    this.docker = docker;
    this.groups = groups;
  }

  static Dockerd start(Path directory) throws IOException {
    Path home = Files.createDirectory(directory.resolve("dockerd"));
    Path socket = home.resolve("docker.sock");
    Path log = directory.resolve("dockerd.log");
    ControlGroups groups = new ControlGroups(String.valueOf(directory.getFileName()));
    Process process =
        Bench.isolated(
                "dockerd",
                "--host=unix://" + socket,
                "--data-root=" + home.resolve("data"),
                "--exec-root=" + home.resolve("exec"),
                "--pidfile=" + home.resolve("pid"),
                "--exec-opt=native.cgroupdriver=cgroupfs",
                "--cgroup-parent=/" + groups.parent())
            .start(log);
    Program docker = DockerClient.of(socket, directory.resolve("client"));
    Dockerd dockerd = new Dockerd(process, socket, docker, groups);
    boolean ready =
        Waiting.until(
            () -> !process.isAlive() || docker.run("version").succeeded(),
            PATIENCE,
            "starting dockerd");
    if (!ready || !process.isAlive()) {
      dockerd.close();
      throw new CommandException("dockerd did not start:\n" + Files.readString(log));
    }
    return dockerd;
  }

  @Override
  public String name() {
    return "dockerd";
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
    return "the client hears of the end after the network is released, the overlay unmounted and"
        + " the container's files are removed";
  }

  /**
   * SIGTERM makes dockerd stop its containers and its containerd, but leaves those that have not
   * stopped after 15 s, as a hundred that do not listen have not: they are killed before.
   */
  @Override
  public void close() throws IOException {
    killAll();
    process.destroy();
    if (!Waiting.until(() -> !process.isAlive(), PATIENCE, "stopping dockerd")) {
      process.destroyForcibly();
    }
    groups.remove();
  }

  private void killAll() {
    List<String> command = new ArrayList<>(List.of("kill"));
    docker.run("ps", "-q").output().lines().forEach(command::add);
    if (command.size() > 1) {
      docker.run(command.toArray(String[]::new));
    }
  }

  /** What is compared with what, and where. */
  static void describe(ObjectNode json, Program docker) {
    String[] versions =
        docker
            .output("version", "--format", "{{.Client.Version}} {{.Server.Version}}")
            .strip()
            .split(" ", 2);
    json.put("client", versions[0])
        .put("dockerd", versions[1])
        .put("storageDriver", docker.output("info", "--format", "{{.Driver}}").strip())
        .put("kernel", System.getProperty("os.version"))
        .put("cpus", Runtime.getRuntime().availableProcessors());
  }
}
