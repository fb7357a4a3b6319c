package io.metanode.cli.bench;

import io.metanode.cli.BusyboxImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How long starts, execs, stops and removals take, beside a real dockerd. */
@Command(
    name = "start",
    description = {
      "Time docker run --rm IMAGE true on DockLock and on dockerd, in turn,",
      "then docker exec, stop and rm, and many starts at once."
    })
final class StartBench implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CONTAINER = "metanode-bench";

  @Option(names = "--pairs", description = "measured pairs (default ${DEFAULT-VALUE})")
  int pairs = 25;

  @Option(names = "--warm-up", description = "pairs before that (default ${DEFAULT-VALUE})")
  int warmUp = 10;

  @Option(
      names = "--parallel",
      description = "starts at once; 0 leaves them out (default ${DEFAULT-VALUE})")
  int parallel = 100;

  @Option(
      names = "--rounds",
      description = "pairs of so many starts at once (default ${DEFAULT-VALUE})")
  int rounds = 3;

  @Option(
      names = "--settle",
      description = {
        "milliseconds of rest before each measurement, in which the other engine ends",
        "what it does behind its client's back (default ${DEFAULT-VALUE})"
      })
  int settle = InTurn.SETTLE;

  @Option(names = "--directory", description = "where both engines keep data (default /var/tmp)")
  Path parent = Path.of("/var/tmp");

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException {
    ObjectNode json = JSON.createObjectNode().put("bench", "start").put("pairs", pairs);
    json.put("settleMillis", settle);
    try (Bench bench = Bench.in(parent)) {
      Engine dockerd = bench.with(Dockerd.start(bench.directory()));
      Engine docklock = bench.with(DockLock.start(bench.directory()));
      for (Engine engine : new Engine[] {docklock, dockerd}) {
        BusyboxImage.ensure(engine.docker(), Bench.IMAGE, bench.directory().resolve("image.tar"));
        out.printf("%-9s %s%n", engine.name(), engine.teardown());
      }
      Dockerd.describe(json, dockerd.docker());
      InTurn turn = new InTurn(docklock, dockerd, settle, json, out);
      turn.measure(List.of("clientAlone"), Workload.of("--version"), 1, pairs);
      json.set("clientRun", clientRun(bench.directory()));
      for (String network : new String[] {"bridge", "none"}) {
        turn.measure(List.of(network), Workload.of(run(network)), warmUp, pairs);
        Workload api = Workload.api(network, Bench.IMAGE);
        turn.measure(List.of(network + "Api"), api, warmUp, pairs);
      }
      for (Engine engine : new Engine[] {docklock, dockerd}) {
        engine.docker().output("run", "-d", "--name", CONTAINER, Bench.IMAGE, "sleep", "100000");
      }
      turn.measure(List.of("exec"), Workload.exec(CONTAINER), warmUp, pairs);
      turn.measure(List.of("stop", "rm"), Workload.stopAndRemove(Bench.IMAGE), warmUp, pairs);
      if (parallel > 0) {
        json.put("parallelStarts", parallel);
        Workload together = Workload.together(parallel, run("bridge"));
        turn.measure(List.of("parallel"), together, 1, rounds);
      }
    }
    out.println(json);
    return 0;
  }

  /** What the client of a run takes with any engine, in a run of its own. */
  private ObjectNode clientRun(Path directory) throws IOException {
    List<Double> millis = new ArrayList<>();
    try (InstantEngine instant = InstantEngine.listen(directory.resolve("instant.sock"))) {
      for (int i = -warmUp; i < pairs; i++) {
        InTurn.rest(settle);
        double one = Workload.timed(instant.docker(), run("none"));
        if (i >= 0) {
          millis.add(one);
        }
      }
    }
    double median = Samples.quantile(millis, 0.5);
    out.printf(Locale.ROOT, "%-9s %.1f ms with an engine that answers at once%n", "client", median);
    return JSON.createObjectNode()
        .put("medianMillis", Samples.rounded(median))
        .put("p90Millis", Samples.rounded(Samples.quantile(millis, 0.9)));
  }

  private static String[] run(String network) {
    return new String[] {"run", "--rm", "--network", network, Bench.IMAGE, "true"};
  }
}
