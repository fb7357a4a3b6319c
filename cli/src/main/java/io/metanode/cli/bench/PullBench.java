package io.metanode.cli.bench;

import io.metanode.cli.CommandException;
import io.metanode.cli.Program;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
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
    try (Bench bench = Bench.in(parent);
        Engine dockerd = Dockerd.start(bench.directory());
        Engine docklock = DockLock.start(bench.directory());
        LocalRegistry _ = LocalRegistry.beside(docklock, bench.directory());
        LocalRegistry _ = LocalRegistry.beside(dockerd, bench.directory())) {
      PullImage.push(docklock.docker(), bench.directory(), IMAGE, megabytes);
      Dockerd.describe(json, dockerd.docker());
      Samples samples = measure(docklock, dockerd);
      print(samples);
      json.setAll(samples.json());
    }
    out.println(json);
    return 0;
  }

  /** A B A B; the warm-up pairs are run and forgotten. */
  private Samples measure(Engine docklock, Engine dockerd) {
    Samples samples = new Samples();
    for (int i = -warmUp; i < pairs; i++) {
      double first = millis(docklock.docker());
      double second = millis(dockerd.docker());
      if (i >= 0) {
        samples.add(first, second);
      }
      System.err.printf(
          Locale.ROOT,
          "  %d of %d: DockLock %.0f ms, dockerd %.0f ms%n",
          i + warmUp + 1,
          pairs + warmUp,
          first,
          second);
    }
    return samples;
  }

  /** The image is taken away again, which is not measured. */
  private static double millis(Program docker) {
    double millis = Workload.timed(docker, "pull", "-q", IMAGE);
    docker.output("rmi", IMAGE);
    return millis;
  }

  private void print(Samples samples) {
    out.printf(
        Locale.ROOT,
        "docker pull of %d MiB: DockLock %.0f ms, dockerd %.0f ms: %.2f times as fast"
            + " (median of pair ratios %.2f)%n",
        megabytes,
        samples.first(0.5),
        samples.second(0.5),
        samples.ratioOfMedians(),
        samples.medianOfRatios());
  }
}
