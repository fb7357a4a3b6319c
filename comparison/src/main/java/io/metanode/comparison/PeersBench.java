package io.metanode.comparison;

import io.metanode.cli.ScratchFolder;
import io.metanode.cli.ledger.LoadOptions;
import io.metanode.crypto.Ed25519;
import io.metanode.foundation.SystemClock;
import io.metanode.foundation.SystemRandomness;
import io.metanode.ledger.LedgerLoad;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The same transactions through our validators and through nodes of Hiero, in turn. */
@Command(
    name = "peers",
    description = "The same transactions on our validators and on Hiero's platform, in turn.")
final class PeersBench implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Mixin LoadOptions options = new LoadOptions();

  @Option(names = "--pairs", description = "runs of each", defaultValue = "2")
  int pairs = 2;

  @Option(names = "--seconds", description = "measured in a run", defaultValue = "30")
  int seconds = 30;

  @Option(
      names = "--rate",
      description = "transactions signed beforehand for each second",
      defaultValue = "15000")
  int rate = 15_000;

  @Option(
      names = "--hiero",
      paramLabel = "NAME=VALUE",
      description = "a setting of Hiero's platform in place of its default")
  List<String> hiero = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    try (ScratchFolder where = options.scratch("peers-bench")) {
      System.out.println(JSON.writeValueAsString(measure(where.path())));
      return 0;
    }
  }

  private ObjectNode measure(Path where) throws IOException {
    LedgerLoad load =
        LedgerLoad.transfers(
            options.clients(LoadOptions.CLIENTS),
            options.batch,
            LoadOptions.ROUNDS,
            SystemClock.INSTANCE,
            new SystemRandomness());
    OurValidators ours =
        new OurValidators(
            where.resolve("template"), options.validators, load.accounts(), options.block);
    HieroProcesses peer = new HieroProcesses(ours.genesis(), options.validators, hiero);
    PrintStream err = System.err;
    int each =
        Math.ceilDiv(
            (seconds + options.warmUp) * rate,
            options.clients(LoadOptions.CLIENTS) * options.batch);
    err.printf(
        "  signing %d transactions%n",
        (long) each * options.clients(LoadOptions.CLIENTS) * options.batch);
    load.sign(ours.genesis(), each);
    List<Trial> first = new ArrayList<>();
    List<Trial> second = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      first.add(run(ours, load, where.resolve("run")));
      second.add(run(peer, load, where.resolve("run")));
    }
    ObjectNode json =
        JSON.createObjectNode()
            .put("bench", "peers")
            .put("validators", options.validators)
            .put("pairs", pairs)
            .put("seconds", seconds)
            .put("clients", options.clients(LoadOptions.CLIENTS))
            .put("batch", options.batch)
            .put("cpus", Runtime.getRuntime().availableProcessors())
            .put("signatures", Ed25519.provider());
    put(json.putObject(ours.name()), first);
    put(json.putObject(peer.name()).put("settings", String.join(" ", hiero)), second);
    json.putObject("ratios")
        .put("tps", rounded(median(first, Trial::tps) / median(second, Trial::tps)))
        .put("p50", rounded(median(second, Trial::p50Millis) / median(first, Trial::p50Millis)))
        .put("p99", rounded(median(second, Trial::p99Millis) / median(first, Trial::p99Millis)))
        .put("cpu", rounded(median(second, Trial::cpuMicros) / median(first, Trial::cpuMicros)));
    return json;
  }

  private Trial run(Contender contender, LedgerLoad load, Path where) throws IOException {
    PrintStream err = System.err;
    err.printf("  %s: %d s of warm-up, then %d s%n", contender.name(), options.warmUp, seconds);
    Files.createDirectories(where);
    try (Contender.Running running = contender.prepare(where)) {
      Thread stop = new Thread(running::close);
      Runtime.getRuntime().addShutdownHook(stop);
      running.start();
      Trial trial =
          Trial.of(running, load, Duration.ofSeconds(options.warmUp), Duration.ofSeconds(seconds));
      err.printf("    %s%n", trial);
      Runtime.getRuntime().removeShutdownHook(stop);
      return trial;
    } finally {
      ScratchFolder.delete(where);
    }
  }

  private static void put(ObjectNode json, List<Trial> trials) {
    json.put("tps", Math.round(median(trials, Trial::tps)))
        .put("failed", trials.stream().mapToLong(Trial::failed).sum())
        .put("exhausted", trials.stream().anyMatch(Trial::exhausted))
        .put("cpuMicrosPerTransaction", rounded(median(trials, Trial::cpuMicros)))
        .put("signatureChecksPerTransaction", rounded(median(trials, Trial::checks)))
        .putObject("finalityMillis")
        .put("p50", rounded(median(trials, Trial::p50Millis)))
        .put("p99", rounded(median(trials, Trial::p99Millis)))
        .put("max", rounded(trials.stream().mapToDouble(Trial::maxMillis).max().orElse(0)));
  }

  /** The mean of the two in the middle if there is no middle. */
  private static double median(List<Trial> trials, ToDoubleFunction<Trial> figure) {
    double[] sorted = trials.stream().mapToDouble(figure).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
