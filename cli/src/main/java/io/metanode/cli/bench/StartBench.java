package io.metanode.cli.bench;

import io.metanode.cli.BusyboxImage;
import io.metanode.cli.CommandException;
import io.metanode.cli.Program;
import io.metanode.cli.process.Finished;
import io.metanode.foundation.SystemClock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How long {@code docker run --rm IMAGE true} takes, beside a real dockerd. */
@Command(
    name = "start",
    description = "Time docker run --rm IMAGE true on DockLock and on dockerd, in turn.")
final class StartBench implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final double NANOS_PER_MILLI = 1e6;

  @Option(names = "--pairs", description = "measured pairs (default ${DEFAULT-VALUE})")
  int pairs = 25;

  @Option(names = "--warm-up", description = "pairs before that (default ${DEFAULT-VALUE})")
  int warmUp = 10;

  @Option(names = "--directory", description = "where both engines keep data (default /var/tmp)")
  Path parent = Path.of("/var/tmp");

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException {
    ObjectNode json = JSON.createObjectNode().put("bench", "start").put("pairs", pairs);
    try (Bench bench = Bench.in(parent);
        Engine dockerd = Dockerd.start(bench.directory());
        Engine docklock = DockLock.start(bench.directory())) {
      for (Engine engine : new Engine[] {docklock, dockerd}) {
        BusyboxImage.ensure(engine.docker(), Bench.IMAGE, bench.directory().resolve("image.tar"));
        out.printf("%-9s %s%n", engine.name(), engine.teardown());
      }
      Dockerd.describe(json, dockerd.docker());
      for (String network : new String[] {"bridge", "none"}) {
        Samples samples = measure(docklock, dockerd, network);
        print(network, samples);
        json.set(network, samples.json());
      }
    }
    out.println(json);
    return 0;
  }

  /** A B A B; the warm-up pairs are run and forgotten. */
  private Samples measure(Engine docklock, Engine dockerd, String network) {
    Samples samples = new Samples();
    for (int i = -warmUp; i < pairs; i++) {
      double first = millis(docklock.docker(), network);
      double second = millis(dockerd.docker(), network);
      if (i >= 0) {
        samples.add(first, second);
      }
      if ((i + warmUp) % 10 == 9) {
        System.err.printf("  --network %s: %d of %d%n", network, i + warmUp + 1, pairs + warmUp);
      }
    }
    return samples;
  }

  private static double millis(Program docker, String network) {
    long begun = SystemClock.INSTANCE.monotonicNanos();
    Finished run = docker.run("run", "--rm", "--network", network, Bench.IMAGE, "true");
    double millis = (SystemClock.INSTANCE.monotonicNanos() - begun) / NANOS_PER_MILLI;
    if (!run.succeeded()) {
      throw new CommandException("a run failed: " + run.output().strip());
    }
    return millis;
  }

  private void print(String network, Samples samples) {
    out.printf(
        Locale.ROOT,
        "--network %-7s DockLock %.1f ms, dockerd %.1f ms: %.1f times as fast"
            + " (median of pair ratios %.1f)%n",
        network,
        samples.first(0.5),
        samples.second(0.5),
        samples.ratioOfMedians(),
        samples.medianOfRatios());
  }
}
