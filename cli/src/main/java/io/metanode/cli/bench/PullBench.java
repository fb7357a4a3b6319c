package io.metanode.cli.bench;

import io.metanode.cli.CommandException;
import io.metanode.cli.Program;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How long {@code docker pull} of an image takes, beside a real dockerd. */
@Command(
    name = "pull",
    description = "Time docker pull from a local registry into DockLock and into dockerd, in turn.")
final class PullBench implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String IMAGE = "127.0.0.1:" + LocalRegistry.PORT + "/bench/pull:1";

  @Option(names = "--pairs", description = "measured pairs (default ${DEFAULT-VALUE})")
  int pairs = 7;

  @Option(names = "--warm-up", description = "pairs before that (default ${DEFAULT-VALUE})")
  int warmUp = 2;

  @Option(
      names = "--megabytes",
      description = "of the image's files, 2^20 bytes each (default ${DEFAULT-VALUE})")
  int megabytes = 256;

  @Option(names = "--directory", description = "where both engines keep data (default /var/tmp)")
  Path parent = Path.of("/var/tmp");

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException {
    if (!Program.isInstalled("docker-registry")) {
      throw new CommandException(
          "this bench needs docker-registry; apt-get install docker-registry");
    }
    ObjectNode json =
        JSON.createObjectNode()
            .put("bench", "pull")
            .put("pairs", pairs)
            .put("megabytes", megabytes);
    try (Bench bench = Bench.in(parent)) {
      Engine dockerd = bench.with(Dockerd.start(bench.directory()));
      Engine docklock = bench.with(DockLock.start(bench.directory()));
      bench.with(LocalRegistry.beside(docklock, bench.directory()));
      bench.with(LocalRegistry.beside(dockerd, bench.directory()));
      PullImage.push(docklock.docker(), bench.directory(), IMAGE, megabytes);
      Dockerd.describe(json, dockerd.docker());
      new InTurn(docklock, dockerd, InTurn.SETTLE, json, out)
          .measure("pull", PullBench::millis, warmUp, pairs);
    }
    out.println(json);
    return 0;
  }

  /** The image is taken away again, which is not measured. */
  private static double[] millis(Engine engine) {
    Program docker = engine.docker();
    double millis = Workload.timed(docker, "pull", "-q", IMAGE);
    docker.output("rmi", IMAGE);
    return new double[] {millis};
  }
}
