package io.metanode.cli.bench;

import io.metanode.cli.BusyboxImage;
import io.metanode.cli.CommandException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What idle containers cost in memory, beside a real dockerd. */
@Command(
    name = "overhead",
    description = "Weigh the helper processes of idle containers on DockLock and on dockerd.")
final class OverheadBench implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final double KILOBYTES_PER_MEGABYTE = 1000.0 / 1.024;

  @Option(
      names = "--containers",
      split = ",",
      description = "how many idle containers, one after another (default 1,20,100)")
  int[] counts = {1, 20, 100};

  @Option(
      names = "--rest",
      description = "seconds without a request before weighing (default ${DEFAULT-VALUE})")
  int rest = 20;

  @Option(names = "--directory", description = "where both engines keep data (default /var/tmp)")
  Path parent = Path.of("/var/tmp");

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException {
    ObjectNode json = JSON.createObjectNode().put("bench", "overhead").put("rest", rest);
    try (Bench bench = Bench.in(parent)) {
      json.set("docklock", weigh(bench, bench.with(DockLock.start(bench.directory()))));
      bench.closeLast();
      json.set("dockerd", weigh(bench, bench.with(Dockerd.start(bench.directory()))));
    }
    out.println(json);
    return 0;
  }

  private ObjectNode weigh(Bench bench, Engine engine) throws IOException {
    BusyboxImage.ensure(engine.docker(), Bench.IMAGE, bench.directory().resolve("image.tar"));
    ObjectNode json = JSON.createObjectNode();
    int running = 0;
    for (int count : counts) {
      for (; running < count; running++) {
        engine.docker().output("run", "-d", Bench.IMAGE, "sleep", "1000000");
        if (running % 20 == 19) {
          System.err.printf("  %s: %d containers%n", engine.name(), running + 1);
        }
      }
      rest();
      Memory memory = Memory.of(engine);
      double each = megabytes(memory.helperKilobytes()) / count;
      out.printf(
          Locale.ROOT,
          "%-9s %3d idle containers: %.2f MB of helpers each (%d processes), daemons %.1f MB%n",
          engine.name(),
          count,
          each,
          memory.helpers(),
          megabytes(memory.daemonKilobytes()));
      json.set(
          Integer.toString(count),
          JSON.createObjectNode()
              .put("helperMegabytesEach", rounded(each))
              .put("helperProcesses", memory.helpers())
              .put("daemonMegabytes", rounded(megabytes(memory.daemonKilobytes())))
              .put("daemonResidentMegabytes", rounded(megabytes(memory.residentKilobytes())))
              .put("daemonProcesses", memory.daemons()));
    }
    return json;
  }

  /** Either engine gives memory back some time after it needed it. */
  private void rest() {
    try {
      Thread.sleep(Duration.ofSeconds(rest));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted while the engines rested", e);
    }
  }

  private static double megabytes(long kilobytes) {
    return kilobytes / KILOBYTES_PER_MEGABYTE;
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
