package io.metanode.cli.ledger;

import io.metanode.cli.CommandException;
import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LedgerLoad;
import io.metanode.ledger.Timeline;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What validators said of themselves before and after a load, and what the load measured. */
final class LedgerBenchReport {

  private final List<URI> urls;
  private final List<JsonNode> before = new ArrayList<>();
  private final List<JsonNode> after = new ArrayList<>();

  /**
   * @param urls of the validators that live until the end
   */
  LedgerBenchReport(List<URI> urls) {
    this.urls = urls;
  }

  /** Takes what counts from here on. */
  void begin() {
    before.addAll(ask("/v1/status/stages"));
  }

  /** Takes what counted; all validators must have one block at the height that all have reached. */
  void end() {
    after.addAll(ask("/v1/status/stages"));
    long common = after.stream().mapToLong(s -> s.required("height").asLong()).min().orElse(0);
    long distinct =
        ask("/v1/blocks/" + common).stream()
            .map(answer -> answer.required("id").asString())
            .distinct()
            .count();
    if (distinct != 1) {
      throw new CommandException("the validators differ at height " + common);
    }
  }

  private List<JsonNode> ask(String path) {
    List<JsonNode> answers = new ArrayList<>();
    try {
      for (URI url : urls) {
        try (LedgerClient client = new LedgerClient(url)) {
          answers.add(client.get(path));
        }
      }
    } catch (IOException e) {
      throw new CommandException("a validator does not answer: " + e.getMessage(), e);
    }
    return answers;
  }

  /** Writes what the load measured. */
  static void load(ObjectNode json, LedgerLoad.Measured measured) {
    Histogram latency = measured.latency();
    json.put("failed", measured.failed()).put("exhausted", measured.exhausted());
    json.putObject("finalityMillis")
        .put("p50", latency.getValueAtPercentile(50) / 1_000)
        .put("p99", latency.getValueAtPercentile(99) / 1_000)
        .put("max", latency.getMaxValue() / 1_000);
  }

  /** Writes what a validator's end at {@code atMillis} did to the rate. */
  static void kill(ObjectNode json, Timeline timeline, long atMillis, long endMillis) {
    double rate = timeline.rate(0, atMillis);
    json.putObject("killed")
        .put("tpsBefore", Math.round(rate))
        .put("tpsAfter", Math.round(timeline.rate(atMillis, endMillis)))
        .put("backAfterMillis", timeline.until(rate / 2, atMillis))
        .put("longestGapMillis", timeline.longestGap(atMillis, endMillis));
  }

  /** Writes what validators said. */
  void validators(ObjectNode json, List<Process> processes) throws IOException {
    json.put("verifier", after.getFirst().required("verifier").asString());
    ObjectNode cpu = json.putObject("cpuMicrosPerTransaction");
    for (String stage : after.getFirst().required("cpuMicros").propertyNames()) {
      cpu.put(stage, Math.round(micros(stage) * 10) / 10.0);
    }
    json.put("signatureChecksPerTransaction", ratio("signatureChecks", "transactions"));
    json.put("transactionsPerBlock", ratio("transactions", "blocks"));
    json.put("residentMegabytes", resident(processes));
  }

  private double micros(String stage) {
    double all = 0;
    for (int i = 0; i < after.size(); i++) {
      long spent =
          after.get(i).required("cpuMicros").path(stage).asLong(0)
              - before.get(i).required("cpuMicros").path(stage).asLong(0);
      all += (double) spent / Math.max(1, delta("transactions", i));
    }
    return all / after.size();
  }

  private double ratio(String what, String over) {
    double all = 0;
    for (int i = 0; i < after.size(); i++) {
      all += (double) delta(what, i) / Math.max(1, delta(over, i));
    }
    return Math.round(all / after.size() * 1_000) / 1_000.0;
  }

  private long delta(String what, int i) {
    return after.get(i).required(what).asLong() - before.get(i).required(what).asLong();
  }

  /** The largest of the validators. */
  private static long resident(List<Process> processes) throws IOException {
    long most = 0;
    for (Process process : processes) {
      Path status = Path.of("/proc/" + process.pid() + "/status");
      for (String line : process.isAlive() ? Files.readAllLines(status) : List.<String>of()) {
        if (line.startsWith("VmRSS:")) {
          most = Math.max(most, Long.parseLong(line.replaceAll("[^0-9]", "")) / 1_000);
        }
      }
    }
    return most;
  }
}
