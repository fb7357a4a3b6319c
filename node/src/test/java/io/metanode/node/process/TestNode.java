package io.metanode.node.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.cli.BusyboxImage;
import io.metanode.cli.NodeHome;
import io.metanode.cli.Program;
import io.metanode.cli.process.DockerClient;
import io.metanode.cli.process.Finished;
import io.metanode.receipts.LogReader;
import io.metanode.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node of this build in a home of its own, driven through the launcher. */
final class TestNode implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path home;
  private final Program launcher;

  TestNode(Path home) {
    this.home = home;
    this.launcher = launcher().with("METANODE_HOME", home.toString());
  }

  /** The launcher, running what the build has just put together. */
  static Program launcher() {
    Path node = Path.of("").toAbsolutePath();
    return Program.of(node.resolveSibling("metanode").toString())
        .with("METANODE_DIST", node.resolve("target").toString());
  }

  static void assumeRootAnd(String... tools) {
    assumeTrue(NodeHome.isRoot(), "needs root");
    for (String tool : tools) {
      assumeTrue(Program.isInstalled(tool), "needs " + tool);
    }
  }

  /** A node that runs under a policy and has an image of busybox. */
  static TestNode under(String policy, Path home, String image) throws Exception {
    assumeRootAnd("runc", "nft", "docker", "busybox");
    Files.writeString(home.resolve("policy.yaml"), policy);
    Files.writeString(home.resolve("metanode.yaml"), "policy: policy.yaml\n");
    TestNode node = new TestNode(home);
    node.start();
    BusyboxImage.ensure(node.docker(), image, home.resolve("image.tar"));
    return node;
  }

  Path home() {
    return home;
  }

  Finished run(String... arguments) {
    return launcher.run(arguments);
  }

  String output(String... arguments) {
    return launcher.output(arguments);
  }

  void up() {
    output("up", "-d");
  }

  /** Starts the node without the detour of a daemon; returns once it serves. */
  void start() throws Exception {
    startThrough(new Program(List.of(), Map.of()));
  }

  /** Starts the node through a program that becomes it in the end. */
  void startThrough(Program outer) throws Exception {
    Files.createDirectories(home.resolve("log"));
    List<String> command =
        Stream.concat(outer.command().stream(), launcher.command().stream()).toList();
    Process process =
        new Program(command, launcher.environment())
            .start(home.resolve("log/test.out"), "up", "--log-to-file");
    Eventually.holds("the node ends or is ready", () -> !process.isAlive() || isReady(process));
    if (!process.isAlive()) {
      throw new IOException(Files.readString(home.resolve("log/test.out")));
    }
  }

  /** The launcher becomes the node's process. */
  private boolean isReady(Process process) throws IOException {
    return Files.exists(home.resolve("node.json")) && pid() == process.pid();
  }

  JsonNode status() {
    return JSON.readTree(run("status", "-o", "json").output());
  }

  Program docker() {
    return DockerClient.of(home.resolve("docker.sock"), home.resolve("client"));
  }

  EngineApi api() {
    return new EngineApi(home.resolve("docker.sock"));
  }

  LogReader receipts() throws IOException {
    return LogReader.open(home.resolve("receipts"));
  }

  /** The node's process as it told it when it was ready last. */
  long pid() throws IOException {
    return facts().required("pid").asLong();
  }

  JsonNode facts() throws IOException {
    return JSON.readTree(Files.readString(home.resolve("node.json")));
  }

  /** Kills the node's process as a crash would, and waits until it is gone. */
  void kill() throws Exception {
    ProcessHandle process = ProcessHandle.of(pid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().get(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    Finished down = run("down", "--stop-containers");
    if (!down.succeeded()) {
      throw new IOException("the node did not stop: " + down.output());
    }
  }
}
