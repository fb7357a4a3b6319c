package io.metanode.cli.ledger;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeHome;
import io.metanode.crypto.Ed25519;
import io.metanode.foundation.SystemClock;
import io.metanode.foundation.SystemRandomness;
import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LedgerLoad;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Transactions a second through validators that are processes of their own. */
@Command(
    name = "ledger",
    description = "Final transactions a second on validators of this host, and how long they take.")
public final class LedgerBench implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Option(names = "--validators", description = "how many", defaultValue = "4")
  int validators = 4;

  @Option(names = "--seconds", description = "measured", defaultValue = "60")
  int seconds = 60;

  @Option(names = "--warm-up", description = "seconds before that", defaultValue = "15")
  int warmUp = 15;

  @Option(names = "--clients", description = "closed loops", defaultValue = "32")
  int clients = 32;

  @Option(names = "--batch", description = "transactions of a request", defaultValue = "100")
  int batch = 100;

  @Option(
      names = "--block",
      description = "the most transactions of a block",
      defaultValue = "4096")
  int block = 4096;

  @Option(
      names = "--rate",
      description = "transactions signed beforehand for each second",
      defaultValue = "15000")
  int rate = 15_000;

  @Option(names = "--dir", paramLabel = "DIR", description = "on whose disk (default: the home's)")
  @Nullable Path directory;

  @Override
  public Integer call() throws IOException {
    Path parent = directory == null ? NodeHome.fromEnvironment().directory() : directory;
    Files.createDirectories(parent);
    Path where = Files.createTempDirectory(parent.toAbsolutePath(), "ledger-bench");
    try {
      System.out.println(JSON.writeValueAsString(measure(where)));
      return 0;
    } finally {
      delete(where);
    }
  }

  private ObjectNode measure(Path where) throws IOException {
    PrintStream err = System.err;
    int rounds = 4;
    LedgerLoad load =
        new LedgerLoad(clients, batch, rounds, SystemClock.INSTANCE, new SystemRandomness());
    Localnet net = Localnet.in(where, validators, load.accounts(), block);
    Thread stop = new Thread(net::close);
    Runtime.getRuntime().addShutdownHook(stop);
    try (net) {
      int each = Math.ceilDiv((seconds + warmUp) * rate, clients * batch);
      err.printf(
          "  signing %d transactions of %d senders%n",
          (long) each * clients * batch, load.accounts().size());
      load.sign(net.homes().getFirst().genesis(), each);
      net.start();
      err.printf("  %d s of warm-up, then %d s of measurement%n", warmUp, seconds);
      List<JsonNode> before = new ArrayList<>();
      LedgerLoad.Measured measured =
          load.run(
              net.urls(),
              Duration.ofSeconds(warmUp),
              Duration.ofSeconds(seconds),
              () -> before.addAll(ask(net, "/v1/status")));
      List<JsonNode> after = ask(net, "/v1/status");
      check(net, after);
      return result(measured, before, after, net);
    } finally {
      Runtime.getRuntime().removeShutdownHook(stop);
    }
  }

  private static List<JsonNode> ask(Localnet net, String path) {
    List<JsonNode> answers = new ArrayList<>();
    try {
      for (URI url : net.urls()) {
        try (LedgerClient client = new LedgerClient(url)) {
          answers.add(client.get(path));
        }
      }
    } catch (IOException e) {
      throw new CommandException("a validator does not answer: " + e.getMessage(), e);
    }
    return answers;
  }

  /** All validators have the same block at the height that all have reached. */
  private static void check(Localnet net, List<JsonNode> statuses) {
    long common = statuses.stream().mapToLong(s -> s.required("height").asLong()).min().orElse(0);
    long distinct =
        ask(net, "/v1/blocks/" + common).stream()
            .map(answer -> answer.required("id").asString())
            .distinct()
            .count();
    if (distinct != 1) {
      throw new CommandException("the validators differ at height " + common);
    }
  }

  private ObjectNode result(
      LedgerLoad.Measured measured, List<JsonNode> before, List<JsonNode> after, Localnet net)
      throws IOException {
    double duration = measured.nanos() / 1e9;
    Histogram latency = measured.latency();
    ObjectNode json =
        JSON.createObjectNode()
            .put("bench", "ledger")
            .put("validators", validators)
            .put("seconds", seconds)
            .put("clients", clients)
            .put("batch", batch)
            .put("cpus", Runtime.getRuntime().availableProcessors())
            .put("signatures", Ed25519.provider())
            .put("tps", Math.round(measured.applied() / duration))
            .put("transactions", measured.applied())
            .put("failed", measured.failed())
            .put("exhausted", measured.exhausted());
    json.putObject("finalityMillis")
        .put("p50", latency.getValueAtPercentile(50) / 1_000)
        .put("p99", latency.getValueAtPercentile(99) / 1_000)
        .put("max", latency.getMaxValue() / 1_000);
    ObjectNode cpu = json.putObject("cpuMicrosPerTransaction");
    for (String stage : after.getFirst().required("cpuMicros").propertyNames()) {
      cpu.put(stage, Math.round(micros(stage, before, after) * 10) / 10.0);
    }
    json.put("signatureChecksPerTransaction", ratio("signatureChecks", before, after));
    json.put("transactionsPerBlock", ratio("transactions", "blocks", before, after));
    json.put("residentMegabytes", resident(net));
    return json;
  }

  private static double micros(String stage, List<JsonNode> before, List<JsonNode> after) {
    double all = 0;
    for (int i = 0; i < after.size(); i++) {
      long spent =
          after.get(i).required("cpuMicros").path(stage).asLong(0)
              - before.get(i).required("cpuMicros").path(stage).asLong(0);
      all += (double) spent / Math.max(1, delta("transactions", i, before, after));
    }
    return all / after.size();
  }

  private static double ratio(String what, List<JsonNode> before, List<JsonNode> after) {
    return ratio(what, "transactions", before, after);
  }

  private static double ratio(
      String what, String over, List<JsonNode> before, List<JsonNode> after) {
    double all = 0;
    for (int i = 0; i < after.size(); i++) {
      all += (double) delta(what, i, before, after) / Math.max(1, delta(over, i, before, after));
    }
    return Math.round(all / after.size() * 1_000) / 1_000.0;
  }

  private static long delta(String what, int i, List<JsonNode> before, List<JsonNode> after) {
    return after.get(i).required(what).asLong() - before.get(i).required(what).asLong();
  }

  /** The largest of the validators. */
  private static long resident(Localnet net) throws IOException {
    long most = 0;
    for (Process process : net.processes()) {
      for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          most = Math.max(most, Long.parseLong(line.replaceAll("[^0-9]", "")) / 1_000);
        }
      }
    }
    return most;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
